import { changedAt, checkpointsIn } from '../core/checkpoint/layouts/layout-table.ts';
import type { FoundCheckpoint } from '../core/checkpoint/layouts/layout.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import type { Framework } from '../core/framework.ts';
import { type Result, ok } from '../core/result.ts';
import { turnOf, type Place } from '../core/run/grown-place.ts';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import { pathIn } from './path-in.ts';
import type { ServerAddress } from './server-address.ts';

export interface GrowthSearch extends Access {
  /** What trains, as far as is known. */
  readonly framework: Framework | null;
  /** When the run began, milliseconds since the epoch: folders that did not change since are left out. */
  readonly since: number;
  /** Requests at most. */
  readonly listings?: number;
}

const LISTINGS_PER_SEARCH = 30;
const DEEPEST = 4;

interface Waiting {
  readonly path: string;
  readonly depth: number;
  readonly turn: number;
}

/**
 * Looks for folders that hold checkpoints, below a folder and in it: level by level, at most 4 deep and at most 30 listings.
 * What can't be listed is passed over; fails only when the first folder can't be.
 *
 * @param root Relative to the server's root.
 */
export async function searchGrowth(
  server: ServerAddress,
  root: string,
  { framework, since, listings = LISTINGS_PER_SEARCH, ...access }: GrowthSearch,
): Promise<Result<readonly Place[], RuntimeFailure>> {
  const left = { listings };
  const list = async (path: string): Promise<Result<FolderListing, RuntimeFailure> | null> => {
    if (left.listings === 0) return null;
    left.listings -= 1;
    return listFolder(server, path, access);
  };
  const places: Place[] = [];
  let level: readonly Waiting[] = [{ path: root, depth: 0, turn: 0 }];
  while (level.length > 0) {
    const next: Waiting[] = [];
    for (const { path, depth } of level) {
      const listed = await list(path);
      if (listed === null) return ok(places);
      if (!listed.ok && path === root) return listed;
      if (!listed.ok) continue;
      const found = checkpointsIn(listed.value, framework);
      const checkpoints = await provenByContents(path, found, list);
      if (checkpoints.length > 0) places.push({ path, checkpoints });
      if (depth < DEEPEST) next.push(...below(listed.value, depth, since, checkpoints));
    }
    level = next.toSorted((a, b) => a.turn - b.turn);
  }
  return ok(places);
}

const below = (
  { path, entries }: FolderListing,
  depth: number,
  since: number,
  checkpoints: Place['checkpoints'],
): readonly Waiting[] =>
  entries.flatMap((entry) => {
    const turn = turnOf(entry, since);
    const isCheckpoint = checkpoints.some(({ name }) => name === entry.name);
    return turn === null || isCheckpoint ? [] : [{ path: pathIn(path, entry.name), depth: depth + 1, turn }];
  });

/** Of folders, which can be called anything, the newest is opened: if it is no checkpoint, none of them is taken for one. */
async function provenByContents(
  path: string,
  found: readonly FoundCheckpoint[],
  list: (path: string) => Promise<Result<FolderListing, RuntimeFailure> | null>,
): Promise<Place['checkpoints']> {
  const files = found.filter(({ form }) => form !== 'folder');
  const folders = found.filter(({ form }) => form === 'folder');
  const [newest] = folders;
  if (newest === undefined) return files.map(savedOf);
  const inside = await list(pathIn(path, newest.name));
  const isOne =
    inside?.ok === true &&
    inside.value.entries.length > 0 &&
    newest.candidates.some((candidate) => candidate.isOne(inside.value));
  return [...files, ...(isOne ? folders : [])].map(savedOf);
}

const savedOf = (found: FoundCheckpoint): Place['checkpoints'][number] => ({
  name: found.name,
  modifiedAt: changedAt(found),
});
