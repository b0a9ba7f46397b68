import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { reachOf } from '../checkpoint/epochs.ts';
import { positionOf } from './progress.ts';
import type { Run } from './run.ts';
import { unitOf } from './unit.ts';

/** How long after a loss the folder is looked at for what may still be written into it. */
const WATCHED_MS = 60 * 60_000;

/**
 * The checkpoint that shows that a lost run is written on: a server can end without its kernel, and a kernel without the
 * script it started. It has appeared after the folder was seen once since the loss, under a name that the run never had, and
 * it is at least as far as the run was. A copy that is put back has a name that is known. Between two saves nothing can be seen.
 */
export const grownBy = (run: Run, found: readonly Checkpoint[]): string | null => {
  const { phase, checkpoints } = run;
  // Looks that got no answer count for nothing; the first that did decides upon the disk.
  if (phase.kind !== 'lost' || phase.disk !== 'kept') return null;
  const known = new Set([...checkpoints.map(({ name }) => name), ...Object.keys(run.baseline ?? {})]);
  const isAhead = (checkpoint: Checkpoint): boolean => {
    const reach = reachOf(checkpoint, unitOf(run));
    // Where its name tells nothing, its time does.
    if (reach === null) return (checkpoint.modifiedAt ?? 0) > phase.at;
    return reach >= (positionOf(run)?.step ?? 0);
  };
  return found.findLast((checkpoint) => !known.has(checkpoint.name) && isAhead(checkpoint))?.name ?? null;
};

/** Whether it is worth looking if the folder of a run that is over grows. */
export const mayGrow = ({ phase }: Run, at: number): boolean =>
  phase.kind === 'lost' && phase.disk !== 'empty' && at - phase.at < WATCHED_MS;

/**
 * Whether a run is written on and nobody was told: a second one into its folder is not started then.
 *
 * @param told The run as the user sees it; `null` where nobody looks.
 */
export const isWrittenUntold = (now: Run | null, told: Run | null): boolean =>
  isWritten(now) && !isWritten(told);

const isWritten = (run: Run | null): boolean => run?.phase.kind === 'lost' && run.phase.grew !== undefined;
