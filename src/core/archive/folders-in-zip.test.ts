import { expect, it } from 'vitest';
import { foldersInZip } from './folders-in-zip.ts';
import type { ArchiveEntry } from './read-directory.ts';

const file = (name: string, kind: ArchiveEntry['kind'] = 'file'): ArchiveEntry => ({
  name,
  kind,
  method: 'store',
  sizeBytes: 10,
  storedBytes: 10,
  crc32: 0,
  modifiedAt: 0,
  headerAt: 0,
  roomTo: 0,
});

const found = (...names: string[]) =>
  foldersInZip(
    names.map((name) => file(name)),
    'mine.zip',
  ).map(({ name, prefix, files }) => [name, prefix, files.length]);

it('finds each checkpoint, wherever it lies', () => {
  expect(
    found('out/run/checkpoint-100/a.bin', 'out/run/checkpoint-100/b/c.bin', 'out/run/checkpoint-200/a'),
  ).toEqual([
    ['checkpoint-100', 'out/run/checkpoint-100/', 2],
    ['checkpoint-200', 'out/run/checkpoint-200/', 1],
  ]);
});

it('takes other folders by the outermost one, and loose files by the name of the archive', () => {
  expect(found('best/a', 'best/b/c', 'loose.bin', 'config.json')).toEqual([
    ['best', 'best/', 2],
    ['mine', '', 2],
  ]);
});

it.each<[string, readonly string[], readonly (readonly [string, string, number])[]]>([
  ['a file', ['epoch=3-step=400.ckpt'], [['epoch=3-step=400.ckpt', 'file', 1]]],
  ['a file that only its own loop knows', ['net-7.bin'], [['net-7.bin', 'file', 1]]],
  ['files of one prefix', ['ckpt-3.index', 'ckpt-3.data-00000-of-00001'], [['ckpt-3', 'prefix', 2]]],
  [
    'several files',
    ['epoch=3-step=400.ckpt', 'last.ckpt'],
    [
      ['epoch=3-step=400.ckpt', 'file', 1],
      ['last.ckpt', 'file', 1],
    ],
  ],
  ['the files of a folder', ['config.json', 'optimizer.pt', 'model.bin'], [['mine', 'folder', 3]]],
])('takes loose files for what they are: %s', (_what, names, checkpoints) => {
  const all = foldersInZip(
    names.map((name) => file(name)),
    'mine.zip',
  );
  const rows = all.map(({ name, form, files }) => [name, form, files.length] as const);
  expect(rows.toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual(checkpoints);
});

it('reads step and epoch of a loose file in its name', () => {
  const [found] = foldersInZip([file('epoch=3-step=400.ckpt')], 'mine.zip');
  expect(found).toMatchObject({ framework: 'lightning', step: 400, epoch: 3 });
});

it('leaves out what is no file, and what macOS adds', () => {
  const folders = foldersInZip(
    [file('best', 'directory'), file('best/link', 'other'), file('__MACOSX/best/._a'), file('best/a')],
    'mine.zip',
  );
  expect(folders.map(({ files }) => files.map(({ name }) => name))).toEqual([['best/a']]);
});
