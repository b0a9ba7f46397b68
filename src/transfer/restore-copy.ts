import type { RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { makeFolders, rename } from '../runtime/contents-changes.ts';
import { folderOf, nameOf, partFolderOf } from '../runtime/own-paths.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import { writeFile, type FileToWrite } from '../runtime/write-file.ts';
import { sizeOf, type CopiedFile, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import type { Tree } from '../runtime/list-tree.ts';
import { holdsAllOf, isAlready, kindAt, lookFailed, moveAside, treeAt } from './place-on-server.ts';
import { TaskStopped, type Meter } from './report.ts';
import { missingOnServer } from './room-on-server.ts';

/** Read from a copy at once; what is sent in one request is decided by the runtime. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Files up to this size are sent four at a time. */
const SMALL_BYTES = 1024 * 1024;
const LANES = 4;

/**
 * Puts a copy back on a server. It is written to a folder beside its place, each file read back by size and hash, and gets
 * its name when it is whole, in one step: nothing is replaced, and no training can start from a half of it. What an earlier
 * try left is taken up again. Something else in its place is left alone, unless the user had it moved aside; when that is the
 * very same, nothing is done. Throws `TaskStopped`.
 */
export const restoreCopy = async (
  task: RestoreTask,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<TaskEnd> => {
  const copy = await vault.read(task.copyId);
  if (copy?.state !== 'whole') throw new TaskStopped({ kind: 'copy-damaged', name: copy?.name ?? '' });
  const { folder } = task;
  const size = sizeOf(copy);
  meter.total(size);
  const beside = partFolderOf(folder);
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

/** Small files side by side, for each is mostly waiting; then the large ones, one after the other. Throws when all have ended. */
const inLanes = async <T>(
  files: readonly CopiedFile[],
  put: (index: number, file: CopiedFile) => Promise<T>,
): Promise<readonly T[]> => {
  const small = [...files.entries()].filter(([, { sizeBytes }]) => sizeBytes <= SMALL_BYTES);
  const large = [...files.entries()].filter(([, { sizeBytes }]) => sizeBytes > SMALL_BYTES);
  const done: T[] = [];
  const lane = async (left: [number, CopiedFile][]): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) done.push(await put(...next));
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, () => lane(small)));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  await lane(large);
  return done;
};

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

const inTheWay = (path: string): TaskStopped => new TaskStopped({ kind: 'in-the-way', name: nameOf(path) });

const stoppedBy = (failure: ServerTrouble, path: string): TaskStopped =>
  failure.kind === 'conflict' ? inTheWay(path) : lookFailed(failure);

/** Puts one file there, unless it is there already as it should be. */
const putFile = async (
  copy: CopyRecord,
  file: CopiedFile,
  index: number,
  path: string,
  mayBeThere: boolean,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<'hash' | 'size'> => {
  const { proof, sizeBytes } = file;
  const bytes = await vault.file(copy.id, index);
  if (proof === null || bytes?.size !== sizeBytes)
    throw new TaskStopped({ kind: 'copy-damaged', name: copy.name });
  const { sha256 } = proof;
  const found = mayBeThere ? await lookFor(line, path, sizeBytes, sha256) : 'new';
  if (found === 'whole') {
    meter.add(sizeBytes);
    return 'hash';
  }
  const arrived = { bytes: 0 };
  const toWrite: Omit<FileToWrite, 'begin'> = {
    path,
    sizeBytes,
    read: (from) => piecesFrom(bytes, from),
    sha256,
    onArrived: (now) => {
      meter.add(now - arrived.bytes);
      arrived.bytes = now;
    },
  };
  let begin: FileToWrite['begin'] = found;
  const written = await line.ask(async ({ address, access }) => {
    const result = await writeFile(address, { ...toWrite, begin }, access);
    // What lay there from before may not have been what it should be; and whatever it came to, something may be there now.
    const isTorn = !result.ok && result.failure.kind === 'corrupted' && begin !== 'anew';
    begin = isTorn ? 'anew' : 'go-on';
    return isTorn ? writeFile(address, { ...toWrite, begin }, access) : result;
  });
  if (!written.ok) throw stoppedBy(written.failure, path);
  meter.add(sizeBytes - arrived.bytes);
  return written.value.verified;
};

/**
 * What an earlier try has left of a file. What is as large as it should be, and not proven by the server's own hash, may be
 * another checkpoint's: it is written anew. Throws `TaskStopped`.
 */
const lookFor = async (
  line: Line,
  path: string,
  sizeBytes: number,
  sha256: string,
): Promise<'whole' | FileToWrite['begin']> => {
  const seen = await line.ask(({ address, access }) => statWithHash(address, path, sizeBytes, access));
  if (!seen.ok && seen.failure.kind !== 'not-found') throw stoppedBy(seen.failure, path);
  if (!seen.ok) return 'new';
  if (seen.value.file.sizeBytes !== sizeBytes) return 'go-on';
  return seen.value.sha256 === sha256 ? 'whole' : 'anew';
};

async function* piecesFrom(file: Blob, from: number): AsyncIterable<Uint8Array> {
  for (let at = from; at < file.size; at += PIECE_BYTES)
    yield new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
}
