import type { RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import { makeFolders, rename } from '../runtime/contents-changes.ts';
import { folderOf, partPathOf } from '../runtime/own-paths.ts';
import { sizeOf, type CopiedFile, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import type { Tree } from '../runtime/list-tree.ts';
import { holdsAllOf, isAlready, kindAt, moveAside, treeAt } from './place-on-server.ts';
import { inLanes, inTheWay, putFile, stoppedBy } from './put-file.ts';
import { TaskStopped, type Meter } from './report.ts';
import { restoreFiles } from './restore-files.ts';
import { missingOnServer } from './room-on-server.ts';

/**
 * Puts a copy back on a server. It is written beside its place, each file read back by size and hash, and gets its name when it
 * is whole, of a folder in one step: nothing is replaced, and no training can start from a half of it. What an earlier try
 * left is taken up again. Something else in its place is left alone, unless the user had it moved aside; when that is the very
 * same, nothing is done. Throws `TaskStopped`.
 */
export const restoreCopy = async (
  task: RestoreTask,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<TaskEnd> => {
  const copy = await vault.read(task.copyId);
  if (copy?.state !== 'whole') throw new TaskStopped({ kind: 'copy-damaged', name: copy?.name ?? '' });
  return copy.form === 'folder'
    ? restoreFolder(task, copy, vault, line, meter)
    : restoreFiles(task, copy, vault, line, meter);
};

const restoreFolder = async (
  task: RestoreTask,
  copy: CopyRecord,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<TaskEnd> => {
  const { folder } = task;
  const size = sizeOf(copy);
  meter.total(size);
  const beside = partPathOf(folder);
  const [kind, begun] = await Promise.all([kindAt(line, folder), treeAt(line, beside)]);
  if (kind === 'directory' && (await isAlready(line, folder, copy))) {
    meter.add(size);
    return { kind: 'restored', checked: 'verified', sizeBytes: size, asideAs: null };
  }
  if (kind !== null && task.occupied === 'ask') throw inTheWay(folder);
  const missing = await missingOnServer(line, folder, size, begun);
  if (missing > 0) throw new TaskStopped({ kind: 'no-room-there', missingBytes: missing });
  const checked = await putFiles(copy, beside, begun, vault, line, meter);
  const asideAs = await giveName(beside, task, line);
  return { kind: 'restored', checked, sizeBytes: size, asideAs };
};

/**
 * All files and folders of a copy into a folder that is nobody's yet.
 *
 * @param begun What an earlier try has put there. Only that is asked for: a question for each file is felt where they are small.
 */
const putFiles = async (
  copy: CopyRecord,
  beside: string,
  begun: Tree,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<'verified' | 'size-checked'> => {
  // At first: files that go side by side must not each make the folder they miss.
  for (const folder of foldersOf(copy)) {
    const path = folder === '' ? beside : `${beside}/${folder}`;
    const made = await line.ask(({ address, access }) => makeFolders(address, path, access));
    if (!made.ok) throw stoppedBy(made.failure, beside);
  }
  const there = new Set(begun.files.map(({ path }) => path));
  const put = (index: number, file: CopiedFile): Promise<'hash' | 'size'> => {
    const mayBeThere = begun.leftOut > 0 || there.has(file.path);
    return putFile(copy, file, index, `${beside}/${file.path}`, mayBeThere, vault, line, meter);
  };
  const checked = await inLanes(copy.files, put);
  // Each was proven when it was put there; somebody may have tidied up since.
  if (!holdsAllOf(await treeAt(line, beside), copy))
    throw new TaskStopped({ kind: 'server', trouble: { kind: 'corrupted' } });
  return checked.includes('size') ? 'size-checked' : 'verified';
};

const foldersOf = ({ files, emptyFolders }: CopyRecord): readonly string[] => [
  ...new Set(['', ...emptyFolders, ...files.map(({ path }) => folderOf(path))]),
];

/** Gives a whole folder its name, and tells where what lay there is now. */
const giveName = async (
  beside: string,
  { folder, occupied }: RestoreTask,
  line: Line,
): Promise<string | null> => {
  const isMoved = occupied === 'move-aside' && (await kindAt(line, folder)) !== null;
  const asideAs = isMoved ? await moveAside(line, folder) : null;
  const named = await line.ask(({ address, access }) => rename(address, beside, folder, access));
  // The answer to a rename that was done can be lost.
  if (named.ok || (named.failure.kind === 'not-found' && (await kindAt(line, folder)) !== null))
    return asideAs;
  // The old one where it was is better than none; nothing is replaced by that either.
  if (asideAs !== null) await line.ask(({ address, access }) => rename(address, asideAs, folder, access));
  throw stoppedBy(named.failure, folder);
};
