import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { stat } from './contents.ts';
import { makeFolders, remove, rename } from './contents-changes.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { asidePathOf, folderOf, isInOwnFolder, isOwnPath, partPathOf } from './own-paths.ts';
import type { ServerAddress } from './server-address.ts';
import { statWithHash } from './stat-with-hash.ts';
import { PIECE_BYTES, upload } from './upload.ts';

export interface FileToWrite {
  /** Relative to the server's root. Folders that are not there are made. */
  readonly path: string;
  readonly sizeBytes: number;
  /** The file's bytes from an offset on. */
  readonly read: (from: number) => AsyncIterable<Uint8Array>;
  /** Lower-case hexadecimal digits, asked for when all bytes were read; `null` when nobody knows. */
  readonly sha256: () => string | null;
  /** The file that may be replaced, as it was seen; `null`: nothing may be there. */
  readonly replaces: Pick<ListedFile, 'sizeBytes' | 'modifiedAt'> | null;
  /**
   * Whether to go on where an earlier attempt broke off. What it left is taken on trust and proven by the hash, where the
   * server has one: after `corrupted` begin anew.
   */
  readonly resume: boolean;
  /**
   * The folder it lies in is our own and gets its name when all of it is whole: the file is written under its own name then,
   * and not renamed. jupyter_server makes a folder `.ipynb_checkpoints` beside whatever it renames.
   */
  readonly inOwnFolder?: boolean;
  /** Told how many of its bytes have arrived. */
  readonly onArrived?: (bytes: number) => void;
}

export interface WrittenFile {
  readonly file: ListedFile;
  /** What was compared when it lay there. */
  readonly verified: 'hash' | 'size';
  /** Where the file that was replaced lies still, because it could not be taken away. */
  readonly leftOver: string | null;
}

/** `corrupted`: what lies on the server is not what was sent. */
export type WriteFailure = RuntimeFailure | { readonly kind: 'corrupted' };

/**
 * Writes a file so that nothing half-written ever has its name: to a name beside it (`partPathOf`), which is read back, by
 * size and by the server's hash, and renamed when it is whole. After a failure the part stays for a next attempt;
 * `removePart` takes it away.
 *
 * Nothing is replaced but what the caller has seen: `conflict` when anything else is there, before or after the sending. Even
 * then the old file is set aside, the new one put in its place, and the old one moved into the server's trash. When the line
 * breaks in that very last step, the file may be in its place although this fails; a next attempt says `conflict` then.
 *
 * A cookie login needs the page's `X-XSRFToken` in `access.proof` and a rule that gives requests the server's own Origin:
 * `cross-site` otherwise (403 or 404).
 */
export async function writeFile(
  server: ServerAddress,
  file: FileToWrite,
  access: Access = {},
): Promise<Result<WrittenFile, WriteFailure>> {
  if (isOwnPath(file.path)) return fail({ kind: 'forbidden' });
  if (file.inOwnFolder === true) return writeDirectly(server, file, access);
  const before = await lookAtPlace(server, file, access);
  if (!before.ok) return before;
  const sent = await sendWithFolders(server, file, access);
  if (!sent.ok) return sent;
  const verified = await verify(server, file, access);
  if (!verified.ok) return verified;
  const placed = await putInPlace(server, file, access);
  return placed.ok ? ok({ ...placed.value, verified: verified.value.verified }) : placed;
}

async function writeDirectly(
  server: ServerAddress,
  file: FileToWrite,
  access: Access,
): Promise<Result<WrittenFile, WriteFailure>> {
  if (!isInOwnFolder(file.path)) throw new Error(`Not in a folder of ours: ${file.path}`);
  const sent = await sendWithFolders(server, file, access);
  if (!sent.ok) return sent;
  const verified = await verify(server, file, access);
  return verified.ok ? ok({ ...verified.value, leftOver: null }) : verified;
}

/** Where the bytes are written. */
const placeOf = ({ path, inOwnFolder }: Pick<FileToWrite, 'path' | 'inOwnFolder'>): string =>
  inOwnFolder === true ? path : partPathOf(path);

/** Takes away what an attempt to write a file has left. */
export const removePart = (
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<null, RuntimeFailure>> => remove(server, partPathOf(path), access);

/** Whether there is something of that name: nothing, or the very file that may be replaced. */
async function lookAtPlace(
  server: ServerAddress,
  { path, replaces }: FileToWrite,
  access: Access,
): Promise<Result<'free' | 'taken', RuntimeFailure>> {
  const seen = await stat(server, path, access);
  if (!seen.ok) return seen.failure.kind === 'not-found' ? ok('free') : seen;
  const { kind, ...now } = seen.value;
  const isKnown =
    replaces !== null &&
    kind === 'file' &&
    now.modifiedAt !== null &&
    now.modifiedAt === replaces.modifiedAt &&
    now.sizeBytes === replaces.sizeBytes;
  return isKnown ? ok('taken') : fail({ kind: 'conflict' });
}

/** Most files go where others are already: folders are made when the server misses one, which it calls by many names. */
async function sendWithFolders(
  server: ServerAddress,
  file: FileToWrite,
  access: Access,
): Promise<Result<unknown, RuntimeFailure>> {
  const sent = await sendPart(server, file, access);
  if (sent.ok || (sent.failure.kind !== 'not-found' && sent.failure.kind !== 'server-error')) return sent;
  const folders = await makeFolders(server, folderOf(file.path), access);
  if (!folders.ok) return folders;
  return folders.value === 'made' ? sendPart(server, file, access) : sent;
}

async function sendPart(
  server: ServerAddress,
  file: FileToWrite,
  access: Access,
): Promise<Result<unknown, RuntimeFailure>> {
  const { sizeBytes, read, resume, onArrived = () => undefined } = file;
  const part = placeOf(file);
  const begun = resume && sizeBytes > PIECE_BYTES ? await stat(server, part, access) : null;
  if (begun?.ok === false && begun.failure.kind !== 'not-found') return begun;
  const there = begun?.ok === true ? (begun.value.sizeBytes ?? 0) : 0;
  const startAt = there > sizeBytes ? 0 : there;
  if (startAt > 0) onArrived(startAt);
  if (startAt === sizeBytes && startAt > 0) return ok(null);
  return upload(server, { path: part, sizeBytes, startAt, source: read(startAt), onArrived }, access);
}

async function verify(
  server: ServerAddress,
  sent: FileToWrite,
  access: Access,
): Promise<Result<Pick<WrittenFile, 'file' | 'verified'>, WriteFailure>> {
  const expected = sent.sha256();
  const seen = await statWithHash(server, placeOf(sent), sent.sizeBytes, access);
  if (!seen.ok) return seen;
  const { file, sha256: found } = seen.value;
  if (file.sizeBytes !== sent.sizeBytes) return fail({ kind: 'corrupted' });
  if (expected === null || found === null) return ok({ file, verified: 'size' });
  return found === expected ? ok({ file, verified: 'hash' }) : fail({ kind: 'corrupted' });
}

async function putInPlace(
  server: ServerAddress,
  file: FileToWrite,
  access: Access,
): Promise<Result<Pick<WrittenFile, 'file' | 'leftOver'>, RuntimeFailure>> {
  const { path, replaces } = file;
  const part = partPathOf(path);
  const place = replaces === null ? ok('free') : await lookAtPlace(server, file, access);
  if (!place.ok) return place;
  if (place.value === 'free') {
    const renamed = await rename(server, part, path, access);
    return renamed.ok ? ok({ file: renamed.value, leftOver: null }) : renamed;
  }
  const aside = asidePathOf(path);
  const setAside = await rename(server, path, aside, access);
  if (!setAside.ok) return setAside;
  const renamed = await rename(server, part, path, access);
  if (!renamed.ok) {
    await rename(server, aside, path, access);
    return renamed;
  }
  const removed = await remove(server, aside, access);
  return ok({ file: renamed.value, leftOver: removed.ok ? null : aside });
}
