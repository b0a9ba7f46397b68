import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as v from 'valibot';
import { root } from '../e2e/root.ts';

const sites = ['platforms/jupyterlab', 'platforms/notebook7', 'platforms/colab', 'platforms/lumino'];
const ofSite = ['core', 'platforms', 'platforms/lumino'];

/** What each room of src may import besides its own files, as docs/ARCHITECTURE.md says it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  platforms: ['core', ...sites],
  'platforms/jupyterlab': ofSite,
  'platforms/notebook7': ofSite,
  'platforms/colab': ofSite,
  'platforms/lumino': ['core', 'platforms'],
  page: ['core', 'platforms', ...sites, 'protocol'],
  content: ['core', 'platforms', ...sites, 'protocol', 'browser'],
  runtime: ['core', 'browser'],
  vault: ['core', 'browser'],
  transfer: ['core', 'protocol', 'runtime', 'vault', 'browser'],
  logbook: ['core'],
  background: ['core', 'protocol', 'runtime', 'vault', 'logbook', 'browser'],
  'run-line': ['core', 'protocol', 'preact'],
  popup: ['core', 'protocol', 'preact', 'run-line'],
  health: ['core', 'protocol', 'preact', 'popup'],
  restore: ['core', 'protocol', 'preact', 'popup'],
  dashboard: ['core', 'protocol', 'preact', 'popup', 'run-line'],
  browser: ['core', 'protocol', 'webextension-polyfill'],
};

const packages = ['preact', 'preact/hooks', 'webextension-polyfill'];
const rooms = Object.keys(mayImport);

/** An import that would be made in a room, and whether the house has it. */
interface Wish {
  readonly file: string;
  readonly from: string;
  readonly allowed: boolean;
}

const wishesOf = (room: string): Wish[] => {
  const wish = (from: string, name: string): Wish => ({
    file: `src/${room}/to-${name.replaceAll('/', '-')}.ts`,
    from,
    allowed: mayImport[room]?.includes(name.replace('preact/hooks', 'preact')) ?? false,
  });
  const fromHere = (other: string): string => posix.relative(`/${room}`, `/${other}/x.ts`);
  return [
    ...rooms.filter((other) => other !== room).map((other) => wish(named(fromHere(other)), other)),
    ...packages.map((name) => wish(name, name)),
  ];
};

const named = (path: string): string => (path.startsWith('.') ? path : `./${path}`);

const wishes = rooms.flatMap(wishesOf);

const Report = v.object({
  diagnostics: v.array(v.object({ code: v.string(), filename: v.string() })),
});

const lint = (folder: string): Promise<v.InferOutput<typeof Report>> =>
  new Promise((resolve) => {
    // Its exit code says that something was refused, which is what is wanted here.
    execFile(
      join(root, 'node_modules/.bin/oxlint'),
      ['--format', 'json'],
      { cwd: folder, maxBuffer: 1e8 },
      (_error, stdout) => resolve(v.parse(Report, JSON.parse(stdout))),
    );
  });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-rules-'));
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const { file, from } of wishes) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `import type { X } from '${from}';\n\nexport type Y = X;\n`);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('lint refuses each import that the house does not have, and no other', async () => {
  const { diagnostics } = await lint(folder);
  const refused = new Set(
    diagnostics
      .filter(({ code }) => code === 'eslint(no-restricted-imports)')
      .map(({ filename }) => filename.replaceAll('\\', '/')),
  );
  const described = ({ file, from }: Wish) => `${file}: ${from}`;
  expect(wishes.filter(({ file }) => refused.has(file)).map(described)).toEqual(
    wishes.filter(({ allowed }) => !allowed).map(described),
  );
});

test('every room of src has its rule, and its line in the document', async () => {
  const entries = await readdir(join(root, 'src'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const document = await readFile(join(root, 'docs/ARCHITECTURE.md'), 'utf8');
  expect(folders.filter((name) => mayImport[name] === undefined)).toEqual([]);
  expect(folders.filter((name) => !new RegExp(`^\\| ${name} +\\|`, 'm').test(document))).toEqual([]);
});
