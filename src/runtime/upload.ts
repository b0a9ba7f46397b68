import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { putBytes, putMade, remove } from './contents-changes.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { oneAhead } from './one-ahead.ts';
import { piecesOf } from './pieces.ts';
import { putBody } from './put-body.ts';
import type { ServerAddress } from './server-address.ts';

/** Bytes on their way to a file of our own. */
export interface Upload {
  readonly path: string;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** Where the source begins; as much is there already. */
  readonly startAt: number;
  /** Nothing of that name can be there. */
  readonly isNew: boolean;
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
  const first = await pieces.next();
  const only = first.done === true ? new Uint8Array(0) : first.value;
  if (only.length !== task.sizeBytes || (await pieces.next()).done !== true) throw wrongSize(task);
  const reply = await putBytes(server, task.path, only, 'whole', access);
  if (reply.ok) task.onArrived(task.sizeBytes);
  else if (reply.failure.kind === 'too-large' && only.length > SMALL_PIECE_BYTES)
    return sendPieces(server, task, single(only), access, SMALL_PIECE_BYTES);
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
  pieces: AsyncGenerator<Uint8Array, void>,
  access: Access,
  mostBytes = PIECE_BYTES,
): Promise<Uploaded> {
  const ready = oneAhead(made(pieces, task));
  const begun = task.startAt > 0 ? null : await begin(server, task, access);
  if (begun?.ok === false) return begun;
  let limit = mostBytes;
  let arrived = task.startAt;

  const put = async (piece: Piece): Promise<Uploaded> => {
    const reply = await putMade(server, task.path, piece.body, access);
    if (!reply.ok) return reply;
    arrived += piece.bytes.length;
    const { sizeBytes } = reply.value;
    if (sizeBytes !== arrived)
      return fail(sizeBytes === piece.bytes.length ? { kind: 'too-large' } : { kind: 'conflict' });
    task.onArrived(arrived);
    return reply;
  };

  const putOrCut = async (piece: Piece): Promise<Uploaded> => {
    if (piece.bytes.length <= limit) {
      const sent = await put(piece);
      if (sent.ok || sent.failure.kind !== 'too-large' || limit <= SMALL_PIECE_BYTES) return sent;
      limit = SMALL_PIECE_BYTES;
    }
    let sent: Uploaded = fail({ kind: 'too-large' });
    for (const small of cut(piece, limit)) {
      sent = await put(small);
      if (!sent.ok) return sent;
    }
    return sent;
  };

  let last: Uploaded | null = null;
  for await (const piece of ready) {
    last = await putOrCut(piece);
    if (!last.ok) return last;
  }
  if (last === null || arrived !== task.sizeBytes) throw wrongSize(task);
  return last;
}

/** Bytes, and the request's body that takes them to the server: made ready while the piece before is on its way. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
  readonly body: Blob;
}

const pieceOf = (bytes: Uint8Array, isLast: boolean): Piece => ({
  bytes,
  isLast,
  body: putBody(bytes, isLast ? 'last' : 'next'),
});

async function* made(source: AsyncGenerator<Uint8Array, void>, task: Upload): AsyncGenerator<Piece, void> {
  let end = task.startAt;
  for await (const bytes of source) {
    end += bytes.length;
    if (end > task.sizeBytes) throw wrongSize(task);
    yield pieceOf(bytes, end === task.sizeBytes);
  }
}

function* cut({ bytes, isLast }: Piece, most: number): Generator<Piece, void> {
  for (let at = 0; at < bytes.length; at += most)
    yield pieceOf(bytes.subarray(at, at + most), isLast && at + most >= bytes.length);
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/**
 * An empty file to add to, in place of what an earlier attempt left: the server would copy that before it writes. Empty,
 * because a failure in the first bytes has no name: see `reasonOf`.
 */
async function begin(
  server: ServerAddress,
  { path, isNew }: Upload,
  access: Access,
): Promise<Result<unknown, RuntimeFailure>> {
  const removed = isNew ? ok(null) : await remove(server, path, access);
  return removed.ok ? putBytes(server, path, new Uint8Array(0), 'first', access) : removed;
}

const wrongSize = ({ path, sizeBytes }: Upload): RangeError =>
  new RangeError(`The source of ${path} does not have the ${sizeBytes} bytes it should have`);
