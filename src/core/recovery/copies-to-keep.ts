import { newestFirst } from '../checkpoint/newer.ts';

/** A checkpoint of the run that lies whole on the machine that trains. */
export interface CheckpointThere {
  readonly name: string;
  readonly step: number | null;
  /** As its framework counts them. */
  readonly epoch: number | null;
  /** Newest change of any of its files, milliseconds since the epoch, the server's clock. */
  readonly modifiedAt: number | null;
}

/** A whole copy in this browser of a checkpoint of the run. */
export interface KeptCopy extends CheckpointThere {
  readonly id: string;
  /** What the user kept by hand is theirs: it counts, and is never dropped. */
  readonly by: 'user' | 'itself';
  /** The checkpoint on the machine was written anew since; `false` also when it is there no more. */
  readonly outdated: boolean;
}

export interface CopiesPlan {
  /** Names of checkpoints to copy, newest first. */
  readonly copy: readonly string[];
  /** Ids of copies that are no longer needed. */
  readonly drop: readonly string[];
}

const NEWEST_KEPT = 2;

/**
 * Which checkpoints of a run are copied by themselves, and which of these copies go: the two newest and the two best stay.
 *
 * A copy goes only when others have taken its place that are whole in this browser already; what is still to be copied
 * makes no room. So at every moment all that was worth keeping is kept, for the price of one more copy while it changes.
 *
 * @param best Names, best first: see `bestCheckpoints`.
 * @param kept Whole copies of this run only. Those of an earlier run may be all that is left of it, and are not asked about.
 */
export const copiesToKeep = (
  there: readonly CheckpointThere[],
  kept: readonly KeptCopy[],
  best: readonly string[],
): CopiesPlan => {
  const covered = new Set(kept.filter(({ outdated }) => !outdated).map(({ name }) => name));
  const wanted = worthKeeping(newestOfEachName([...there, ...kept]), best);
  const standing = kept.toSorted(byWorth).filter(isFirstOfItsName);
  const staying = worthKeeping(standing, best);
  const stays = new Set(standing.filter(({ name }) => staying.has(name)).map(({ id }) => id));
  return {
    copy: there
      .filter(({ name }) => wanted.has(name) && !covered.has(name))
      .toSorted(byAge)
      .map(({ name }) => name),
    drop: kept.filter(({ id, by }) => by === 'itself' && !stays.has(id)).map(({ id }) => id),
  };
};

/** Newest first. A run that was resumed further back writes newer checkpoints of lower steps. */
const byAge = (one: CheckpointThere, other: CheckpointThere): number =>
  (other.modifiedAt ?? 0) - (one.modifiedAt ?? 0) || newestFirst(one, other);

/** Of two copies of one name the one that still holds, then the user's own, then the newer one. */
const byWorth = (one: KeptCopy, other: KeptCopy): number =>
  Number(one.outdated) - Number(other.outdated) ||
  Number(one.by === 'itself') - Number(other.by === 'itself') ||
  byAge(one, other);

const newestOfEachName = (checkpoints: readonly CheckpointThere[]): readonly CheckpointThere[] =>
  checkpoints.toSorted(byAge).filter(isFirstOfItsName);

const isFirstOfItsName = (
  { name }: CheckpointThere,
  index: number,
  all: readonly CheckpointThere[],
): boolean => all.findIndex((each) => each.name === name) === index;

/** @param checkpoints Each name once. */
const worthKeeping = (
  checkpoints: readonly CheckpointThere[],
  best: readonly string[],
): ReadonlySet<string> => {
  const newest = checkpoints
    .toSorted(byAge)
    .slice(0, NEWEST_KEPT)
    .map(({ name }) => name);
  return new Set([...newest, ...best]);
};
