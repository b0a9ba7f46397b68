import { type Result, fail, ok } from '../core/result.ts';
import { type FolderEntries, listEntries } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { type ServerAddress, isPath } from './server-address.ts';

/** A file somewhere below the folder that was listed. */
export interface TreeFile {
  /** Relative to that folder, `/` between names. */
  readonly path: string;
  readonly sizeBytes: number | null;
  readonly modifiedAt: number | null;
}

export interface Tree {
  /** By path. Of a link the server lists the link's own size and time: see `lookAtFile`. */
  readonly files: readonly TreeFile[];
  /** Every folder below, the empty ones too; relative, by path. */
  readonly folders: readonly string[];
  /** Entries that are neither file nor folder, or have a name no path can hold. A copy without them is not the whole. */
  readonly leftOut: number;
}

/** What is listed at most. */
export interface TreeBounds {
  /** Files and folders together. */
  readonly entries: number;
  /** Levels of folders; files that lie directly in the folder are on the first. */
  readonly depth: number;
}

/** `tree-too-large`: there is more than the bound allows, or a link leads back to a folder above itself. */
export type TreeFailure =
  | RuntimeFailure
  | { readonly kind: 'tree-too-large'; readonly bound: keyof TreeBounds; readonly most: number };

const BOUNDS: TreeBounds = { entries: 20_000, depth: 8 };
const AT_ONCE = 4;

/**
 * Lists a folder and all that is below it: one request a folder, four at a time, level by level. The server follows links
 * and does not say that they are any, so that a link in a circle ends at the depth bound.
 *
 * `conflict`: a folder vanished while it was listed; `not-found`: there was none to begin with.
 *
 * @param path The folder, relative to the server's root.
 */
export async function listTree(
  server: ServerAddress,
  path: string,
  access: Access = {},
  bounds: TreeBounds = BOUNDS,
): Promise<Result<Tree, TreeFailure>> {
  const found: Found = { files: [], folders: [], leftOut: 0 };
  let level: readonly string[] = [''];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > bounds.depth) return fail({ kind: 'tree-too-large', bound: 'depth', most: bounds.depth });
    const known = found.folders.length;
    for (let at = 0; at < level.length; at += AT_ONCE) {
      const folders = level.slice(at, at + AT_ONCE);
      const listings = folders.map((folder) => listEntries(server, join(path, folder), access));
      for (const [place, listed] of (await Promise.all(listings)).entries()) {
        if (!listed.ok) return fail(depth === 1 ? listed.failure : vanished(listed.failure));
        take(found, folders[place] ?? '', listed.value);
      }
      if (found.files.length + found.folders.length > bounds.entries)
        return fail({ kind: 'tree-too-large', bound: 'entries', most: bounds.entries });
    }
    level = found.folders.slice(known);
  }
  return ok({
    files: found.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    folders: found.folders.toSorted(),
    leftOut: found.leftOut,
  });
}

interface Found {
  readonly files: TreeFile[];
  readonly folders: string[];
  leftOut: number;
}

function take(found: Found, folder: string, { entries, leftOut }: FolderEntries): void {
  found.leftOut += leftOut;
  for (const { name, kind, sizeBytes, modifiedAt } of entries) {
    const path = join(folder, name);
    if (!isName(name)) found.leftOut += 1;
    else if (kind === 'directory') found.folders.push(path);
    else found.files.push({ path, sizeBytes, modifiedAt });
  }
}

const join = (folder: string, name: string): string =>
  folder === '' || name === '' ? `${folder}${name}` : `${folder}/${name}`;

/** A name with a slash or of dots alone would lead out of its folder, on the server as well as in a copy. */
export const isName = (name: string): boolean => !name.includes('/') && isPath(name);

const vanished = (failure: RuntimeFailure): RuntimeFailure =>
  failure.kind === 'not-found' ? { kind: 'conflict' } : failure;
