import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment, venvPython } from './python-environment.mjs';
import { must, root, say } from './step.mjs';

const requirements = join(root, 'bench/zip/requirements.txt');
const stamp = 'holdfast-requirements.sha256';

/** A folder with jupyter-archive, to be put beside the packages of `.venv`: no test's server has it. It may not exist yet. */
export const jupyterArchiveFolder = () => join(root, '.jupyter-archive');

/** Brings jupyter-archive, for the benchmark that compares with it. The stamp is written last. */
export const jupyterArchive = async () => {
  await pythonEnvironment();
  const folder = jupyterArchiveFolder();
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(join(folder, stamp)) && readFileSync(join(folder, stamp), 'utf8').trim() === hash) return;
  say('installing jupyter-archive for the benchmark');
  rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  // All it needs is jupyter_server, which .venv has.
  const from = ['--no-deps', '--target', folder, '-r', requirements];
  await must('pip could not install jupyter-archive.', venvPython(), [...pip, ...from]);
  writeFileSync(join(folder, stamp), `${hash}\n`);
};
