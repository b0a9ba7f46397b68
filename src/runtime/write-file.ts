import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { stat } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { isOwnPath } from './own-paths.ts';
import type { ServerAddress } from './server-address.ts';
import { statWithHash } from './stat-with-hash.ts';
import { PIECE_BYTES, upload } from './upload.ts';

export interface FileToWrite {
  /** Relative to the server's root, in a folder of our own (`partPathOf`) that is there. */
  readonly path: string;
  readonly sizeBytes: number;
  /** The file's bytes from an offset on. */
  readonly read: (from: number) => AsyncIterable<Uint8Array>;
  /** Lower-case hexadecimal digits. */
  readonly sha256: string;
  /**
   * What of an earlier try may be there: nothing, or bytes to go on from, or some to be rid of. What is gone on from is taken on
   * trust and proven by the hash, where the server has one: after `corrupted` begin `anew`.
   */
  readonly begin: 'new' | 'go-on' | 'anew';
  /** Told how many of its bytes have arrived. */
  readonly onArrived?: (bytes: number) => void;
}

export interface WrittenFile {
  readonly file: ListedFile;
  /** What was compared when it lay there. */
  readonly verified: 'hash' | 'size';
}

/** `corrupted`: what lies on the server is not what was sent. */
export type WriteFailure = RuntimeFailure | { readonly kind: 'corrupted' };

/**
 * Writes a file into a folder of our own, where nobody takes it for whole before the folder gets its name: at once under its
 * name, and then read back, by size and by the server's hash. After a failure what has arrived stays for a next try.
 *
 * A cookie login needs the page's `X-XSRFToken` in `access.proof` and a rule that gives requests the server's own Origin:
 * `cross-site` otherwise (403 or 404).
 */
export async function writeFile(
  server: ServerAddress,
  file: FileToWrite,
  access: Access = {},
): Promise<Result<WrittenFile, WriteFailure>> {
  if (!isOwnPath(file.path)) throw new Error(`Not ours to write: ${file.path}`);
  const sent = await send(server, file, access);
  return sent.ok ? verify(server, file, access) : sent;
}

async function send(
  server: ServerAddress,
  { path, sizeBytes, read, begin, onArrived = () => undefined }: FileToWrite,
  access: Access,
): Promise<Result<unknown, RuntimeFailure>> {
  const begun = begin === 'go-on' && sizeBytes > PIECE_BYTES ? await stat(server, path, access) : null;
  if (begun?.ok === false && begun.failure.kind !== 'not-found') return begun;
  const there = begun?.ok === true ? (begun.value.sizeBytes ?? 0) : 0;
  const startAt = there > sizeBytes ? 0 : there;
  if (startAt > 0) onArrived(startAt);
  if (startAt === sizeBytes && startAt > 0) return ok(null);
  const task = { path, sizeBytes, startAt, isNew: begin === 'new', source: read(startAt), onArrived };
  return upload(server, task, access);
}

async function verify(
  server: ServerAddress,
  { path, sizeBytes, sha256 }: FileToWrite,
  access: Access,
): Promise<Result<WrittenFile, WriteFailure>> {
  const seen = await statWithHash(server, path, sizeBytes, access);
  if (!seen.ok) return seen;
  const { file, sha256: found } = seen.value;
  if (file.sizeBytes !== sizeBytes) return fail({ kind: 'corrupted' });
  if (found === null) return ok({ file, verified: 'size' });
  return found === sha256 ? ok({ file, verified: 'hash' }) : fail({ kind: 'corrupted' });
}
