import * as v from 'valibot';
import type { FolderListing, ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, fail, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** A listing of 10,000 files with long names is about 4 MiB. */
const LISTING_BOUND_BYTES = 32 * 1024 * 1024;
export const STAT_BOUND_BYTES = 256 * 1024;

/** Contents model of jupyter_server 1.0 to 2.21 (`services/contents/manager.py`, `validate_model`). */
export const entrySchema = v.object({
  name: v.string(),
  type: v.picklist(['file', 'notebook', 'directory']),
  size: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), null),
  last_modified: v.optional(v.nullable(v.string()), null),
});
const folderSchema = v.object({ type: v.literal('directory'), content: v.array(v.unknown()) });

/** A folder's entries, and how many more it has that are none of ours. */
export interface FolderEntries {
  readonly entries: readonly ListedFile[];
  /** Entries the schema refuses: a custom contents manager's own type, for example. */
  readonly leftOut: number;
}

/**
 * The entries of a folder. `not-found` also when there is a file of that name. Hidden ones are not among them: the server
 * does not list what begins with a dot (`allow_hidden`).
 *
 * @param path Relative to the server's root, no leading slash; empty for the root.
 */
export async function listEntries(
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<FolderEntries, RuntimeFailure>> {
  const query = { type: 'directory', content: '1' };
  const reply = await requestJson(
    server,
    { route: 'api/contents', path, query, schema: folderSchema, maxBytes: LISTING_BOUND_BYTES },
    access,
  );
  if (!reply.ok) return fail(notAFolder(reply.failure));
  const { content } = reply.value;
  const entries = content.flatMap((raw) => {
    const entry = v.safeParse(entrySchema, raw);
    return entry.success ? [listedFileOf(entry.output)] : [];
  });
  return ok({ entries, leftOut: content.length - entries.length });
}

/** A folder as it stands now; what `listEntries` leaves out is not in it. */
export async function listFolder(
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<FolderListing, RuntimeFailure>> {
  const listed = await listEntries(server, path, access);
  return listed.ok ? ok({ path, entries: listed.value.entries }) : listed;
}

/** One file or folder, without its content. */
export async function stat(
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<ListedFile, RuntimeFailure>> {
  const reply = await requestJson(
    server,
    { route: 'api/contents', path, query: { content: '0' }, schema: entrySchema, maxBytes: STAT_BOUND_BYTES },
    access,
  );
  return reply.ok ? ok(listedFileOf(reply.value)) : reply;
}

/** jupyter_server answers 400 ("is not a directory") when a file is asked for as a folder. */
const notAFolder = (failure: RuntimeFailure): RuntimeFailure =>
  failure.kind === 'not-understood' && failure.status === 400 ? { kind: 'not-found' } : failure;

export function listedFileOf({
  name,
  type,
  size,
  last_modified,
}: v.InferOutput<typeof entrySchema>): ListedFile {
  const modifiedAt = last_modified === null ? Number.NaN : Date.parse(last_modified);
  return {
    name,
    kind: type === 'directory' ? 'directory' : 'file',
    sizeBytes: type === 'directory' ? null : size,
    modifiedAt: Number.isNaN(modifiedAt) ? null : modifiedAt,
  };
}
