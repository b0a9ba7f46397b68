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
  expect(found('best/a', 'best/b/c', 'loose.bin')).toEqual([
    ['best', 'best/', 2],
    ['mine', '', 1],
  ]);
});

it('leaves out what is no file, and what macOS adds', () => {
  const folders = foldersInZip(
    [file('best', 'directory'), file('best/link', 'other'), file('__MACOSX/best/._a'), file('best/a')],
    'mine.zip',
  );
  expect(folders.map(({ files }) => files.map(({ name }) => name))).toEqual([['best/a']]);
});
