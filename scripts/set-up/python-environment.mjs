import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, canAptInstall } from './apt.mjs';
import { ask, attempt, must, root, say, SetUpError } from './step.mjs';

const folder = join(root, '.venv');
const stamp = join(folder, 'holdfast-requirements.sha256');
const requirements = join(root, 'e2e', 'requirements.txt');

/** The Python that has Jupyter and the training frameworks. It may not exist yet. */
export const venvPython = () =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

/**
 * Makes `.venv` from e2e/requirements.txt. The stamp is written last, so an attempt that was interrupted
 * leaves none, and the next one starts over instead of trusting half-installed packages.
 */
export const pythonEnvironment = async () => {
  const text = readFileSync(requirements, 'utf8');
  const hash = createHash('sha256').update(text).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash && ask(venvPython(), ['--version']))
    return;
  if (existsSync(folder)) {
    say('.venv is unfinished or older than e2e/requirements.txt: making it anew');
    rmSync(folder, { recursive: true, force: true });
  }
  await makeVenv(findPython());
  await install(text);
  // JupyterLab runs a CommonJS program that lies in here; the project's own package.json would make it an ES module.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(stamp, `${hash}\n`);
};

const makeVenv = async (/** @type {string} */ python) => {
  say(`making .venv with ${ask(python, ['--version'])}`);
  const made = await attempt(python, ['-m', 'venv', folder]);
  if (made.ok) return;
  rmSync(folder, { recursive: true, force: true });
  if (!canAptInstall()) {
    throw new SetUpError(`${python} has no working venv module; on Debian and Ubuntu install python3-venv.`);
  }
  await aptInstall('python3-venv');
  await must(`${python} could not make .venv.`, python, ['-m', 'venv', folder]);
};

const install = async (/** @type {string} */ text) => {
  const torch = text.split('\n').find((line) => line.startsWith('torch=='));
  if (torch === undefined) throw new SetUpError('e2e/requirements.txt pins no torch.');
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  say(`installing ${torch} into .venv (1 of 2)`);
  await must(`pip could not install ${torch}.`, venvPython(), [...pip, torch], { progress: torch });
  say('installing Jupyter and the training frameworks into .venv (2 of 2)');
  await must('pip could not install e2e/requirements.txt.', venvPython(), [...pip, '-r', requirements], {
    progress: 'e2e/requirements.txt',
  });
};

/** HOLDFAST_PYTHON, or the first Python 3.11+ on PATH. */
const findPython = () => {
  const named = process.env['HOLDFAST_PYTHON'];
  if (named !== undefined) {
    if (isRecent(named)) return named;
    throw new SetUpError(`HOLDFAST_PYTHON is ${named}, and that is no Python 3.11 or newer.`);
  }
  const found = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'].find(isRecent);
  if (found === undefined) {
    throw new SetUpError(
      'Python 3.11 or newer is needed and none is on PATH; install it or set HOLDFAST_PYTHON.',
    );
  }
  return found;
};

const isRecent = (/** @type {string} */ program) =>
  ask(program, ['-c', 'import sys; print(sys.version_info >= (3, 11))']) === 'True';
