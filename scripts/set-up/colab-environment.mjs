import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment, venvPython } from './python-environment.mjs';
import { ask, must, root, say, SetUpError } from './step.mjs';

/**
 * A virtual environment of few packages, with others behind it: over that one, or over `.venv` alone.
 * @typedef {{ folder: string, requirements: string, over?: Layer }} Layer
 */

/** @type {Layer} */
const present = { folder: '.venv-colab', requirements: 'e2e/colab/requirements.txt' };

/** @type {Layer} */
const past = {
  folder: '.venv-colab-past',
  requirements: 'e2e/colab/requirements-past.txt',
  over: present,
};

/** The Python that has the kernel and server of a Colab machine. It may not exist yet. */
export const colabPython = () => pythonOf(present);

/** The same with the server of a past runtime. */
export const pastColabPython = () => pythonOf(past);

/** Makes `.venv-colab`: the few packages in which a Colab machine differs, and `.venv` behind them. */
export const colabEnvironment = async () => {
  await pythonEnvironment();
  await makeLayer(present);
};

/** Makes `.venv-colab-past`, with `.venv-colab` and `.venv` behind it. */
export const pastColabEnvironment = async () => {
  await colabEnvironment();
  await makeLayer(past);
};

/** Torch is 200 MB and more, so it lies on the disk once. As with `.venv`, the stamp is written last. */
const makeLayer = async (/** @type {Layer} */ layer) => {
  const { folder, requirements } = layer;
  const [, ...behind] = layersFrom(layer);
  const shared = [...behind.map(pythonOf), venvPython()].map(packagesFolder).join('\n');
  const text = readFileSync(join(root, requirements), 'utf8');
  const hash = createHash('sha256').update(text).update(shared).digest('hex');
  const stamp = join(root, folder, 'holdfast-requirements.sha256');
  const python = pythonOf(layer);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash && ask(python, ['--version'])) return;
  rmSync(join(root, folder), { recursive: true, force: true });
  say(`making ${folder} with what runs on a Colab machine`);
  await must(`${folder} could not be made.`, venvPython(), ['-m', 'venv', join(root, folder)]);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  const from = ['--no-deps', '-r', join(root, requirements)];
  await must(`pip could not install ${requirements}.`, python, [...pip, ...from], { progress: requirements });
  // Folders named in a .pth file come after the environment's own, so its own packages win. Written after pip ran:
  // pip would take what it finds in there for its own to replace.
  writeFileSync(join(packagesFolder(python), 'holdfast-shared.pth'), `${shared}\n`);
  await requirePins(layer);
  writeFileSync(stamp, `${hash}\n`);
};

/** Asks the environment itself, so that a package taken from the wrong folder is found here and not in a test. */
const requirePins = async (/** @type {Layer} */ layer) => {
  const program = [
    'import importlib.metadata as m, sys',
    'pins = {}',
    'for path in sys.argv[1:]:',
    '    for line in open(path):',
    '        name, _, version = line.partition("#")[0].strip().partition("==")',
    '        if name: pins.setdefault(name, version)',
    'import ipykernel, jupyter_server, torch, transformers, peft',
    'sys.exit("\\n".join(f"{n} {m.version(n)}" for n, v in pins.items() if m.version(n) != v) or 0)',
  ].join('\n');
  const files = layersFrom(layer).map(({ requirements }) => join(root, requirements));
  await must(`${layer.folder} has not what it should.`, pythonOf(layer), ['-c', program, ...files]);
};

/**
 * A layer and all that it lies over, the uppermost first: whose packages win.
 * @returns {Layer[]}
 */
const layersFrom = (/** @type {Layer} */ layer) => [
  layer,
  ...(layer.over === undefined ? [] : layersFrom(layer.over)),
];

const pythonOf = (/** @type {Layer} */ { folder }) =>
  process.platform === 'win32'
    ? join(root, folder, 'Scripts', 'python.exe')
    : join(root, folder, 'bin', 'python');

const packagesFolder = (/** @type {string} */ python) => {
  const found = ask(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
  if (found === undefined) throw new SetUpError(`${python} does not answer.`);
  return found;
};
