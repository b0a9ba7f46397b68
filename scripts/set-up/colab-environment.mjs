import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment, venvPython } from './python-environment.mjs';
import { ask, must, root, say, SetUpError } from './step.mjs';

const folder = join(root, '.venv-colab');
const stamp = join(folder, 'holdfast-requirements.sha256');
const requirements = join(root, 'e2e', 'colab', 'requirements.txt');

/** The Python that has the kernel and server of a Colab machine. It may not exist yet. */
export const colabPython = () =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

/**
 * Makes `.venv-colab`: the few packages in which a Colab machine differs, and `.venv` behind them. Torch is 200 MB
 * and more, so it lies on the disk once. As with `.venv`, the stamp is written last.
 */
export const colabEnvironment = async () => {
  await pythonEnvironment();
  const shared = packagesFolder(venvPython());
  const hash = createHash('sha256').update(readFileSync(requirements, 'utf8')).update(shared).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash && ask(colabPython(), ['--version']))
    return;
  rmSync(folder, { recursive: true, force: true });
  say('making .venv-colab with what runs on a Colab machine');
  await must('.venv-colab could not be made.', venvPython(), ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  await must(
    'pip could not install e2e/colab/requirements.txt.',
    colabPython(),
    [...pip, '--no-deps', '-r', requirements],
    { progress: 'e2e/colab/requirements.txt' },
  );
  // Folders named in a .pth file come after the environment's own, so its own packages win. Written after pip ran:
  // pip would take what it finds in there for its own to replace.
  writeFileSync(join(packagesFolder(colabPython()), 'holdfast-shared.pth'), `${shared}\n`);
  requirePins();
  writeFileSync(stamp, `${hash}\n`);
};

/** Asks the environment itself, so that a package taken from the wrong folder is found here and not in a test. */
const requirePins = () => {
  const program = [
    'import importlib.metadata as m, sys',
    'for line in open(sys.argv[1]):',
    '    name, _, version = line.partition("#")[0].strip().partition("==")',
    '    if name and m.version(name) != version: print(name, m.version(name))',
    'import ipykernel, jupyter_server, torch, transformers, peft',
  ].join('\n');
  const wrong = ask(colabPython(), ['-c', program, requirements]);
  if (wrong === undefined) throw new SetUpError('.venv-colab cannot import what a Colab machine has.');
  if (wrong !== '') throw new SetUpError(`.venv-colab has other versions than it should:\n${wrong}`);
};

const packagesFolder = (/** @type {string} */ python) => {
  const found = ask(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
  if (found === undefined) throw new SetUpError(`${python} does not answer.`);
  return found;
};
