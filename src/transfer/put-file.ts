import type { ServerTrouble } from '../protocol/server-trouble.ts';
import { nameOf } from '../runtime/own-paths.ts';
import { statWithHash } from '../runtime/stat-with-hash.ts';
import { writeFile, type FileToWrite } from '../runtime/write-file.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import type { Line } from './line.ts';
import { lookFailed } from './place-on-server.ts';
import { TaskStopped, type Meter } from './report.ts';

/** Read from a copy at once; what is sent in one request is decided by the runtime. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Files up to this size are sent four at a time. */
const SMALL_BYTES = 1024 * 1024;
const LANES = 4;

/** Small files side by side, for each is mostly waiting; then the large ones, one after the other. Throws when all have ended. */
export const inLanes = async <T>(
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

export const inTheWay = (path: string): TaskStopped =>
  new TaskStopped({ kind: 'in-the-way', name: nameOf(path) });

/** What a failure that lasts means for something that is put at a path. */
export const stoppedBy = (failure: ServerTrouble, path: string): TaskStopped =>
  failure.kind === 'conflict' ? inTheWay(path) : lookFailed(failure);

/**
 * Puts one file of a copy at a path of our own, unless it is there already as it should be, and reads it back. Throws
 * `TaskStopped`.
 *
 * @param mayBeThere Whether an earlier try may have left something of it.
 */
export const putFile = async (
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
