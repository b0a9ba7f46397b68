import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail } from '../core/result.ts';
import { putBytes, remove } from './contents-changes.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { piecesOf } from './pieces.ts';
import type { ServerAddress } from './server-address.ts';

/** Bytes on their way to a file of our own. */
export interface Upload {
  readonly path: string;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** Where the source begins; as much is there already. */
  readonly startAt: number;
  readonly source: AsyncIterable<Uint8Array>;
  /** Told how much of the file has arrived, after each piece. */
  readonly onArrived: (bytes: number) => void;
}

/** 35 to 40 MB/s on jupyter_server 2.21, whatever the size from 1 MiB on. */
export const PIECE_BYTES = 4 * 1024 * 1024;
/** For what stands before a server and takes less: nginx takes 1 MB unless it is told otherwise, and base64 adds a third. */
const SMALL_PIECE_BYTES = 512 * 1024;

type Uploaded = Result<ListedFile, RuntimeFailure>;

/**
 * Sends a file in pieces. After each, the size on the server has to be what was sent: `conflict` when somebody else writes
 * there, too. `too-large` also for a contents manager that knows no pieces and takes each for the whole file.
 *
 * Throws when the source has more or fewer bytes than were announced.
 */
export async function upload(server: ServerAddress, task: Upload, access: Access): Promise<Uploaded> {
  const pieces = piecesOf(task.source, PIECE_BYTES);
  if (task.startAt > 0 || task.sizeBytes > PIECE_BYTES) return sendPieces(server, task, pieces, access);
  const { value: only = new Uint8Array(0) } = await pieces.next();
  if (only.length !== task.sizeBytes || (await pieces.next()).done !== true) throw wrongSize(task);
  const reply = await putBytes(server, task.path, only, 'whole', access);
  if (reply.ok) task.onArrived(task.sizeBytes);
  else if (reply.failure.kind === 'too-large' && only.length > SMALL_PIECE_BYTES)
    return sendPieces(server, task, [only], access, SMALL_PIECE_BYTES);
  else if (reply.failure.kind === 'server-error' && reply.failure.status === 500)
    return fail(await reasonOf(server, task.path, reply.failure, access));
  return reply;
}

/**
 * When the first bytes of a file don't fit, jupyter_server stumbles over a backup it did not make, and tells of that instead
 * (`atomic_writing`, 1.16 to 2.21). A byte more, added, fails for the same reason and says so.
 */
async function reasonOf(
  server: ServerAddress,
  path: string,
  failure: RuntimeFailure,
  access: Access,
): Promise<RuntimeFailure> {
  const again = await putBytes(server, path, new Uint8Array(1), 'next', access);
  return again.ok || again.failure.kind === 'server-error' ? failure : again.failure;
}

async function sendPieces(
  server: ServerAddress,
  task: Upload,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  access: Access,
  mostBytes = PIECE_BYTES,
): Promise<Uploaded> {
  const begun = task.startAt > 0 ? null : await begin(server, task.path, access);
  if (begun?.ok === false) return begun;
  let limit = mostBytes;
  let arrived = task.startAt;
  let last: ListedFile | null = null;
  for await (const piece of pieces) {
    if (arrived + piece.length > task.sizeBytes) throw wrongSize(task);
    for (let at = 0; at < piece.length;) {
      const bytes = piece.subarray(at, at + limit);
      const isLast = arrived + bytes.length === task.sizeBytes;
      const reply = await putBytes(server, task.path, bytes, isLast ? 'last' : 'next', access);
      if (!reply.ok && reply.failure.kind === 'too-large' && limit > SMALL_PIECE_BYTES) {
        limit = SMALL_PIECE_BYTES;
        continue;
      }
      if (!reply.ok) return reply;
      at += bytes.length;
      arrived += bytes.length;
      const { sizeBytes } = reply.value;
      if (sizeBytes !== arrived)
        return fail(sizeBytes === bytes.length ? { kind: 'too-large' } : { kind: 'conflict' });
      task.onArrived(arrived);
      last = reply.value;
    }
  }
  if (last === null || arrived !== task.sizeBytes) throw wrongSize(task);
  return { ok: true, value: last };
}

/**
 * An empty file to add to, in place of what an earlier attempt left: the server would copy that before it writes. Empty,
 * because a failure in the first bytes has no name: see `reasonOf`.
 */
async function begin(
  server: ServerAddress,
  path: string,
  access: Access,
): Promise<Result<unknown, RuntimeFailure>> {
  const removed = await remove(server, path, access);
  return removed.ok ? putBytes(server, path, new Uint8Array(0), 'first', access) : removed;
}

const wrongSize = ({ path, sizeBytes }: Upload): RangeError =>
  new RangeError(`The source of ${path} does not have the ${sizeBytes} bytes it should have`);
