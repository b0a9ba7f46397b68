import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { savedOf, startReachRig } from './reach-rig.ts';
import { PYTORCH_TRAINING, TRANSFORMERS_TRAINING } from './reach-trainings.ts';

/** Colab's published versions: ipykernel 6.17.1, IPython 7.34, without subshells. */
const python = join(import.meta.dirname, '../../.venv-colab/bin/python');

it.runIf(existsSync(python)).each([
  ['pytorch', PYTORCH_TRAINING],
  ['transformers', TRANSFORMERS_TRAINING],
])(
  "Colab's own kernel, which has no subshells, is reached as well: %s",
  { timeout: 240_000 },
  async (name, training) => {
    await using rig = await startReachRig({ python });
    const kernel = await rig.kernelWith(training);
    expect(
      await kernel.told('import ipykernel, IPython\nprint(ipykernel.__version__, IPython.__version__)'),
    ).toBe('6.17.1 7.34.0\n');
    const untouched = await kernel.told(`print(run("untouched"))`);
    const cell = kernel.run(`print(run("${name}"))`);
    await cell.shows(/step 5/);
    await rig.ask(kernel, { do: 'save' });
    const saved = savedOf(await rig.end(kernel));
    await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('busy');
    const { text, error } = await cell.ended;
    expect(error).toBe(null);
    expect(text.trimEnd().split('\n').at(-1)).toBe(untouched.trimEnd().split('\n').at(-1));
    await expect.poll(() => kernel.state(), { timeout: 1000 }).toBe('idle');
    const resumed = await kernel.told(`print(run("${name}", resume=${pythonLiteral(saved.path)}))`);
    expect(resumed.trimEnd().split('\n').at(-1)).toBe(untouched.trimEnd().split('\n').at(-1));
  },
);
