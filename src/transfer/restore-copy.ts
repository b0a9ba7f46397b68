import type { RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { makeFolders, rename } from '../runtime/contents-changes.ts';
import { stat } from '../runtime/contents.ts';
import { partPathOf } from '../runtime/own-paths.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import { writeFile, type FileToWrite } from '../runtime/write-file.ts';
import { sizeOf, type CopiedFile, type CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import { TaskStopped, type Meter } from './report.ts';

/** Read from a copy at once; what is sent in one request is decided by the runtime. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Puts a copy back on a server. It is written to a folder beside its place, each file read back by size and hash, and gets
 * its name when it is whole, in one step: nothing is replaced, and no training can start from a half of it. What an earlier
 * try left is taken up again. Throws `TaskStopped`.
 */
export const restoreCopy = async (
  task: RestoreTask,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<TaskEnd> => {
  const copy = await vault.read(task.copyId);
  if (copy?.state !== 'whole') throw new TaskStopped({ kind: 'copy-damaged', name: copy?.name ?? '' });
  meter.total(sizeOf(copy));
  if (await isThere(line, task.folder)) throw new TaskStopped({ kind: 'in-the-way', name: copy.name });
  const beside = partPathOf(task.folder);
  let byHash = true;
  for (const [index, file] of copy.files.entries()) {
    const checked = await putFile(copy, file, index, `${beside}/${file.path}`, vault, line, meter);
    if (checked === 'size') byHash = false;
  }
  for (const folder of [...copy.emptyFolders, '']) {
    const path = folder === '' ? beside : `${beside}/${folder}`;
    const made = await line.ask(({ address, access }) => makeFolders(address, path, access));
    if (!made.ok) throw stoppedBy(made.failure, copy);
  }
  const named = await line.ask(({ address, access }) => rename(address, beside, task.folder, access));
  // The answer to a rename that was done can be lost.
  if (!named.ok && !(named.failure.kind === 'not-found' && (await isThere(line, task.folder))))
    throw stoppedBy(named.failure, copy);
  return { kind: 'restored', checked: byHash ? 'verified' : 'size-checked', sizeBytes: sizeOf(copy) };
};

const isThere = async (line: Line, path: string): Promise<boolean> => {
  const seen = await line.ask(({ address, access }) => stat(address, path, access));
  if (seen.ok) return true;
  if (seen.failure.kind === 'not-found') return false;
  throw seen.failure.kind === 'aborted'
    ? new TaskStopped(null)
    : new TaskStopped({ kind: 'server', trouble: seen.failure });
};

const stoppedBy = (failure: ServerTrouble, { name }: CopyRecord): TaskStopped => {
  if (failure.kind === 'aborted') return new TaskStopped(null);
  if (failure.kind === 'conflict') return new TaskStopped({ kind: 'in-the-way', name });
  return new TaskStopped({ kind: 'server', trouble: failure });
};

/** Puts one file there, unless it is there already as it should be. */
const putFile = async (
  copy: CopyRecord,
  file: CopiedFile,
  index: number,
  path: string,
  vault: Vault,
  line: Line,
  meter: Meter,
): Promise<'hash' | 'size'> => {
  const { proof, sizeBytes } = file;
  const bytes = await vault.file(copy.id, index);
  if (proof === null || bytes?.size !== sizeBytes)
    throw new TaskStopped({ kind: 'copy-damaged', name: copy.name });
  const seen = await line.ask(({ address, access }) => statWithHash(address, path, sizeBytes, access));
  if (!seen.ok && seen.failure.kind !== 'not-found') throw stoppedBy(seen.failure, copy);
  if (seen.ok && seen.value.file.sizeBytes === sizeBytes && seen.value.sha256 === proof.sha256) {
    meter.add(sizeBytes);
    return 'hash';
  }
  const arrived = { bytes: 0 };
  const toWrite: FileToWrite = {
    path,
    sizeBytes,
    read: (from) => piecesFrom(bytes, from),
    sha256: () => proof.sha256,
    replaces: seen.ok ? seen.value.file : null,
    resume: true,
    onArrived: (now) => {
      meter.add(now - arrived.bytes);
      arrived.bytes = now;
    },
  };
  let resume = true;
  const written = await line.ask(async ({ address, access }) => {
    const result = await writeFile(address, { ...toWrite, resume }, access);
    // What lay there from before was not what it should be.
    if (result.ok || result.failure.kind !== 'corrupted' || !resume) return result;
    resume = false;
    return writeFile(address, { ...toWrite, resume }, access);
  });
  if (!written.ok) throw stoppedBy(written.failure, copy);
  meter.add(sizeBytes - arrived.bytes);
  return written.value.verified;
};

async function* piecesFrom(file: Blob, from: number): AsyncIterable<Uint8Array> {
  for (let at = from; at < file.size; at += PIECE_BYTES)
    yield new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
}
