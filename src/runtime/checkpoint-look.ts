import type { Checkpoint } from '../core/checkpoint/checkpoint.ts';
import { checkpointsIn } from '../core/checkpoint/layouts/layout-table.ts';
import type { FoundCheckpoint } from '../core/checkpoint/layouts/layout.ts';
import { newestFirst } from '../core/checkpoint/newer.ts';
import type { Framework } from '../core/framework.ts';
import { type Result, ok } from '../core/result.ts';
import { lookAtCheckpoint } from './checkpoint-folder-look.ts';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { FolderMemory } from './folder-memory.ts';
import type { Access } from './json-reply.ts';
import type { LookContext } from './look-context.ts';
import { readPointers } from './pointer-look.ts';
import type { ServerAddress } from './server-address.ts';

export interface LookOptions extends Access {
  /**
   * Which checkpoint folders to list again. `changed` (the default): those not judged for good, those whose folder has a
   * new time, and the newest three. A file overwritten in place doesn't change its folder's time; before a checkpoint is
   * resumed from, ask for `all`.
   */
  readonly relist?: 'changed' | 'all';
  /** What trains, as far as is known: it decides where names could be several frameworks'. */
  readonly framework?: Framework | null;
  /** Hears the losses in each `trainer_state.json` that is read on the way, with its checkpoint's name. */
  readonly onLossHistory?: LookContext['onLossHistory'];
}

export interface FolderLook {
  /** Newest first. */
  readonly checkpoints: readonly Checkpoint[];
  /** For the next look at the same folder. */
  readonly memory: FolderMemory;
}

/** What one look may cost. What is left over has its turn in the next: it is `unchecked` until then. */
const LISTINGS_PER_LOOK = 24;
const PROOFS_PER_LOOK = 12;
const ALWAYS_LISTED = 3;

/**
 * Looks at the checkpoints of an output folder over HTTP: 1 request for the folder, at most 24 for the checkpoint folders in it,
 * at most 12 files read (two reads each, a third for a link), newest first. Files are read once a checkpoint stood still for
 * two looks, and not again while their size and time stay, so that a look at a folder that is known costs up to 4 requests.
 *
 * Fails as a whole with what concerns the server (network, login, 5xx); `not-found` when there is no such folder. What
 * vanishes in between was rotated away and is left out.
 *
 * @param path The output folder, relative to the server's root.
 * @param previous What the look before left behind; `null` at the first. One of another folder is not used.
 */
export async function lookAtFolder(
  server: ServerAddress,
  path: string,
  previous: FolderMemory | null,
  options: LookOptions = {},
): Promise<Result<FolderLook, RuntimeFailure>> {
  const { relist, framework, onLossHistory = null, ...access } = options;
  const folder = await listFolder(server, path, access);
  if (!folder.ok) return folder;
  const before: FolderMemory =
    previous?.path === path ? previous : { path, checkpoints: [], others: [], pointers: [] };
  const left = { listings: LISTINGS_PER_LOOK, proofs: PROOFS_PER_LOOK };
  const found = checkpointsIn(folder.value, framework ?? null);
  const pointers = await readPointers(
    { server, access, path, left, onLossHistory },
    folder.value,
    found,
    before.pointers,
  );
  if (!pointers.ok) return pointers;
  const context: LookContext = { server, access, path, left, onLossHistory, pointers: pointers.value };
  const looked = await lookAtEach(context, found, before, relist === 'all');
  if (!looked.ok) return looked;
  const memory: FolderMemory = { path, pointers: pointers.value, ...looked.value };
  const checkpoints = memory.checkpoints.map(({ checkpoint }) => checkpoint).toSorted(newestFirst);
  return ok({ checkpoints, memory });
}

async function lookAtEach(
  context: LookContext,
  found: readonly FoundCheckpoint[],
  before: FolderMemory,
  all: boolean,
): Promise<Result<Pick<FolderMemory, 'checkpoints' | 'others'>, RuntimeFailure>> {
  const known = new Map(before.checkpoints.map((memory) => [memory.checkpoint.name, memory]));
  const checkpoints: FolderMemory['checkpoints'][number][] = [];
  const others: FolderMemory['others'][number][] = [];
  for (const [place, each] of found.entries()) {
    const other = before.others.find(({ name }) => name === each.name);
    const isOther = other !== undefined && other.modifiedAt === (each.entries[0]?.modifiedAt ?? null);
    if (isOther && !all) {
      others.push(other);
      continue;
    }
    const looked = await lookAtCheckpoint(
      context,
      each,
      known.get(each.name) ?? null,
      all || place < ALWAYS_LISTED,
    );
    if (!looked.ok) return looked;
    if (looked.value.kind === 'checkpoint') checkpoints.push(looked.value.memory);
    if (looked.value.kind === 'other')
      others.push({ name: each.name, modifiedAt: each.entries[0]?.modifiedAt ?? null });
  }
  return ok({ checkpoints, others });
}
