import * as v from 'valibot';
import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, ok } from '../core/result.ts';
import { STAT_BOUND_BYTES, entrySchema, listedFileOf, stat } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import { STALL_MS } from './http.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

export interface HashedFile {
  readonly file: ListedFile;
  /** 64 lower-case hexadecimal digits; `null` where the server gives none. */
  readonly sha256: string | null;
}

/**
 * How large a file may be whose hash is asked for without thought. jupyter_server reads the whole file into its memory first and stands still while it
 * hashes: 600 MB cost it 610 MB for a moment, and half a second in which no kernel's output moved (2.14 and 2.21, on a
 * machine that reads at 2 GB/s). The machine that trains has better uses for its memory.
 */
export const HASH_BOUND_BYTES = 1024 * 1024 * 1024;

/** A disk that reads slower than this is taken for one that stopped. */
const SLOWEST_READ_BYTES_PER_MS = 20_000;

const hashedSchema = v.object({
  ...entrySchema.entries,
  hash: v.optional(v.unknown()),
  hash_algorithm: v.optional(v.unknown()),
});

/**
 * A file, and the server's own hash of it: `?content=0&hash=1`, since jupyter_server 2.11.1. Seen on real servers: 2.11.1,
 * 2.14, 2.20 and 2.21 give `hash` and `hash_algorithm` (`sha256` unless configured), also through a link; 1.16, 2.10 and
 * 2.11.0 (withdrawn) ignore what they don't know and answer as if it had not been asked for. Of a folder the newer ones
 * answer 500, so that only files are asked for here.
 *
 * Nothing comes while the server reads, and the longest silence is longer for a large file. A hash is of the file as it
 * stood some time during that: size and time in the same answer are from before.
 *
 * @param sizeBytes The size as it was listed.
 * @param mostBytes Of larger files no hash is asked for.
 */
export async function statWithHash(
  server: ServerAddress,
  path: string,
  sizeBytes: number,
  access: Access = {},
  mostBytes = HASH_BOUND_BYTES,
): Promise<Result<HashedFile, RuntimeFailure>> {
  if (sizeBytes > mostBytes) {
    const seen = await stat(server, path, access);
    return seen.ok ? ok({ file: seen.value, sha256: null }) : seen;
  }
  const stallMs = (access.stallMs ?? STALL_MS) + sizeBytes / SLOWEST_READ_BYTES_PER_MS;
  const query = { type: 'file', content: '0', hash: '1' };
  const reply = await requestJson(
    server,
    { route: 'api/contents', path, query, schema: hashedSchema, maxBytes: STAT_BOUND_BYTES },
    { ...access, stallMs },
  );
  if (!reply.ok) return reply;
  const { hash, hash_algorithm, ...entry } = reply.value;
  const isSha256 = hash_algorithm === 'sha256' && typeof hash === 'string' && /^[0-9a-f]{64}$/i.test(hash);
  return ok({ file: listedFileOf(entry), sha256: isSha256 ? hash.toLowerCase() : null });
}
