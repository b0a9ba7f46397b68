import type { Checkpoint } from './checkpoint.ts';
import { stepOfCheckpointName } from './checkpoint-name.ts';
import { compareAge } from './newer.ts';

/** Below this spread the Trainer takes the times for made up and sorts by step (`sort_checkpoints`). */
const LEAST_SPREAD_MS = 1000;

/**
 * The checkpoints the Trainer deletes when it saves the next one, first to go first; usually none or one, several when
 * `save_total_limit` was lowered between two runs.
 *
 * As `rotate_checkpoints` of Transformers 5.23 does it: the new one is saved first; then the oldest go until
 * `save_total_limit` are left, but never the new one nor the best, so that at least those two stay. "Oldest" is by time of
 * the folder, or by step where times are no use. The folder's time is not known here; the newest change in it stands in.
 *
 * @param saveTotalLimit `null` or below 1: nothing is ever deleted.
 * @param best `best_model_checkpoint` of the newest trainer state: a path or a name; `null` when no best is tracked.
 */
export function nextToGo(
  checkpoints: readonly Checkpoint[],
  saveTotalLimit: number | null,
  best: string | null,
): readonly string[] {
  if (saveTotalLimit === null || saveTotalLimit < 1) return [];
  const bestName = best === null ? null : checkpointNameIn(best);
  const protectedCount = best === null ? 1 : 2;
  const excess = checkpoints.length + 1 - Math.max(saveTotalLimit, protectedCount);
  return oldestFirst(checkpoints)
    .map(({ name }) => name)
    .filter((name) => name !== bestName)
    .slice(0, Math.max(0, excess));
}

/** The folder name at the end of a path as Python writes it, on Linux or Windows; `null` when it is no checkpoint's. */
export function checkpointNameIn(path: string): string | null {
  const name = path.split(/[/\\]/).findLast((segment) => segment !== '') ?? '';
  return stepOfCheckpointName(name) === null ? null : name;
}

function oldestFirst(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const times = checkpoints.map(({ modifiedAt }) => modifiedAt);
  const known = times.filter((time) => time !== null);
  const usable = known.length === times.length && newestIn(known) - oldestIn(known) >= LEAST_SPREAD_MS;
  return checkpoints.toSorted((a, b) =>
    usable ? (a.modifiedAt ?? 0) - (b.modifiedAt ?? 0) || compareAge(a, b) : compareAge(a, b),
  );
}

const newestIn = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b), -Infinity);
const oldestIn = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b), Infinity);
