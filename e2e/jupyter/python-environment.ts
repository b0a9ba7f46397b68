import { dirname, delimiter } from 'node:path';
import { venvPython } from '../../scripts/set-up/python-environment.mjs';

export { venvPython };

/**
 * The environment of every Python started here, server or script. The same run gives the same bytes: one
 * thread, a fixed hash seed. Nothing is looked for outside the machine.
 * @param home a folder for what the libraries keep between runs
 */
export const pythonEnvironment = (home: string): Record<string, string> => ({
  ...inherited(),
  PATH: [dirname(venvPython()), process.env['PATH'] ?? ''].join(delimiter),
  VIRTUAL_ENV: dirname(dirname(venvPython())),
  PYTHONHASHSEED: '0',
  PYTHONUNBUFFERED: '1',
  PYTHONUTF8: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  TOKENIZERS_PARALLELISM: 'false',
  HF_HUB_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  HF_HOME: `${home}/huggingface`,
  IPYTHONDIR: `${home}/ipython`,
  MPLCONFIGDIR: `${home}/matplotlib`,
});

/** What the machine's own Python or Jupyter set-up would change stays outside. */
const inherited = (): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(PYTHON|JUPYTER|IPYTHON|CONDA|HF_|CUDA_|WANDB_)/.test(name))
      kept[name] = value;
  }
  return kept;
};
