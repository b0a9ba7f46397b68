import { stepOfCheckpointName } from '../core/checkpoint/checkpoint-name.ts';
import type { Checkpoint } from '../core/checkpoint/checkpoint.ts';
import type { FolderListing, ListedFile } from '../core/checkpoint/listing.ts';
import { type Result, ok } from '../core/result.ts';
import { type LookContext, lookAtCheckpoint } from './checkpoint-folder-look.ts';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import type { CheckpointMemory, FolderMemory } from './folder-memory.ts';
import type { Access } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

export interface LookOptions extends Access {
  /**
   * Which checkpoint folders to list again. `changed` (the default): those not judged for good, those whose folder has a
   * new time, and the newest three. A file overwritten in place doesn't change its folder's time; before a checkpoint is
   * resumed from, ask for `all`.
   */
  readonly relist?: 'changed' | 'all';
}

export interface FolderLook {
  /** Highest step first. */
  readonly checkpoints: readonly Checkpoint[];
  /** For the next look at the same folder. */
  readonly memory: FolderMemory;
}

/** What one look may cost. What is left over has its turn in the next: it is `unchecked` until then. */
const LISTINGS_PER_LOOK = 24;
const PROOFS_PER_LOOK = 12;
const ALWAYS_LISTED = 3;
/** More than this are not looked at: the oldest are left out. */
const MOST_CHECKPOINTS = 200;

/**
 * Looks at the checkpoints of an output folder over HTTP: 1 request for the folder, at most 24 for the checkpoints in it,
 * at most 12 files read (two reads each), newest first. Files are read once a folder stood still for two looks, and not
 * again while their size and time stay, so that a look at a folder that is known costs up to 4 requests.
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
  const { relist, ...access } = options;
  const folder = await listFolder(server, path, access);
  if (!folder.ok) return folder;
  const remembered = previous?.path === path ? previous.checkpoints : [];
  const known = new Map(remembered.map((memory) => [memory.checkpoint.name, memory]));
  const context: LookContext = {
    server,
    access,
    path,
    left: { listings: LISTINGS_PER_LOOK, proofs: PROOFS_PER_LOOK },
  };
  const seen: CheckpointMemory[] = [];
  for (const [place, found] of checkpointsIn(folder.value).entries()) {
    const force = relist === 'all' || place < ALWAYS_LISTED;
    const looked = await lookAtCheckpoint(context, found, known.get(found.name) ?? null, force);
    if (!looked.ok) return looked;
    if (looked.value !== null) seen.push(looked.value);
  }
  const checkpoints = seen.map(({ checkpoint }) => checkpoint).toSorted((a, b) => b.step - a.step);
  return ok({ checkpoints, memory: { path, checkpoints: seen } });
}

/** Newest first by the folder's time, which a run that began again at step 0 needs; by step where times are equal. */
function checkpointsIn(folder: FolderListing): readonly (ListedFile & { readonly step: number })[] {
  return folder.entries
    .flatMap((entry) => {
      const step = entry.kind === 'directory' ? stepOfCheckpointName(entry.name) : null;
      return step === null ? [] : [{ ...entry, step }];
    })
    .toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0) || b.step - a.step)
    .slice(0, MOST_CHECKPOINTS);
}
