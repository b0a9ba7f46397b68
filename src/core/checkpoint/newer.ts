import type { Checkpoint } from './checkpoint.ts';

/** What tells how far a checkpoint is, and when it was written. */
export type Dated = Pick<Checkpoint, 'step' | 'epoch' | 'modifiedAt'>;

/**
 * Which of two checkpoints of one run is the newer: positive when `one` is. By their steps where both have one, else by their
 * epochs, else by their times; 0 where nothing tells.
 *
 * Times come last: a copy that was put back has a new one. Names without a number (`last.pt`) have nothing else.
 */
export const compareAge = (one: Dated, other: Dated): number => {
  if (one.step !== null && other.step !== null) return one.step - other.step || laterEpoch(one, other);
  return laterEpoch(one, other);
};

/** For sorting, newest first. */
export const newestFirst = (one: Dated, other: Dated): number => compareAge(other, one);

/** For sorting, oldest first. */
export const oldestFirst = compareAge;

/** The newest, the first of several that are as new; `null` of none. */
export const newestOf = <T extends Dated>(checkpoints: readonly T[]): T | null =>
  checkpoints.reduce<T | null>(
    (best, next) => (best === null || compareAge(next, best) > 0 ? next : best),
    null,
  );

const laterEpoch = (one: Dated, other: Dated): number =>
  one.epoch !== null && other.epoch !== null && one.epoch !== other.epoch
    ? one.epoch - other.epoch
    : (one.modifiedAt ?? 0) - (other.modifiedAt ?? 0);
