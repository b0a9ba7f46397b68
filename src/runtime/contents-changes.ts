import type { ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { STAT_BOUND_BYTES, entrySchema, listedFileOf, stat } from './contents.ts';
import { explainChange } from './explain.ts';
import type { RuntimeFailure } from './failure.ts';
import { STALL_MS, request } from './http.ts';
import { type Access, refusalOf, requestJson } from './json-reply.ts';
import { folderOf, isOwnPath } from './own-paths.ts';
import { type Chunk, putBody } from './put-body.ts';
import { type ServerAddress, urlOf } from './server-address.ts';

type Changed = Result<ListedFile, RuntimeFailure>;

/** A line that sends slower than this is taken for one that stopped. Nobody hears a request being sent. */
const SLOWEST_SEND_BYTES_PER_MS = 64;

/** Puts bytes into a file, as `putBody` made them ready, and answers with the file as it stands then. */
export function putMade(server: ServerAddress, path: string, body: Blob, access: Access): Promise<Changed> {
  const stallMs = (access.stallMs ?? STALL_MS) + body.size / SLOWEST_SEND_BYTES_PER_MS;
  return change(server, path, 'PUT', body, { ...access, stallMs });
}

/** The same for bytes that nobody had the time to make ready before. */
export const putBytes = (
  server: ServerAddress,
  path: string,
  bytes: Uint8Array,
  chunk: Chunk,
  access: Access,
): Promise<Changed> => putMade(server, path, putBody(bytes, chunk), access);

/**
 * Renames a file or folder. `conflict` when something of the new name is there (409, on every version from 1.16 to 2.21):
 * nothing is ever replaced. A name that begins with a dot is `forbidden` (400, `allow_hidden`).
 */
export const rename = (
  server: ServerAddress,
  from: string,
  to: string,
  access: Access = {},
): Promise<Changed> => change(server, from, 'PATCH', JSON.stringify({ path: to }), access);

/** Makes a folder and those above it, where they are not there. `conflict`: a file has one of their names. */
export async function makeFolders(
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<'made' | 'there', RuntimeFailure>> {
  if (path === '') return ok('there');
  const seen = await stat(server, path, access);
  if (seen.ok) return seen.value.kind === 'directory' ? ok('there') : fail({ kind: 'conflict' });
  if (seen.failure.kind !== 'not-found') return seen;
  const above = await makeFolders(server, folderOf(path), access);
  if (!above.ok) return above;
  const made = await change(server, path, 'PUT', JSON.stringify({ type: 'directory' }), access);
  return made.ok ? ok('made') : made;
}

/**
 * Takes a file of our own making away, and no other; it is well when there is none. jupyter_server moves it into the trash of
 * the machine, where it goes on taking its room (`delete_to_trash`), and can't even do that on a disk without any:
 * `disk-full`.
 */
export async function remove(
  server: ServerAddress,
  path: string,
  access: Access,
): Promise<Result<null, RuntimeFailure>> {
  if (!isOwnPath(path)) throw new Error(`Not ours to remove: ${path}`);
  const url = urlOf(server, 'api/contents', path);
  if (url === null) return fail({ kind: 'not-found' });
  const options = { method: 'DELETE', maxBytes: STAT_BOUND_BYTES, explain: explainChange } as const;
  const reply = await request(url, { ...access, ...options });
  if (reply.ok || reply.failure.kind === 'not-found') return ok(null);
  return fail(await refusalOf(server, 'api/contents', reply.failure, access));
}

async function change(
  server: ServerAddress,
  path: string,
  method: 'PUT' | 'PATCH',
  body: string | Blob,
  access: Access,
): Promise<Changed> {
  const reply = await requestJson(
    server,
    {
      route: 'api/contents',
      path,
      schema: entrySchema,
      maxBytes: STAT_BOUND_BYTES,
      change: { method, body },
    },
    access,
  );
  return reply.ok ? ok(listedFileOf(reply.value)) : reply;
}
