/** Runs that are remembered, and points of all their curves together (16 bytes each): beyond either the oldest go first. */
export const MOST_RUNS = 200;
export const MOST_POINTS_IN_ALL = 5_000_000;

export interface Kept {
  readonly id: string;
  readonly startedAt: number;
  readonly points: number;
}

/** The runs that have to go, oldest first. The newest stays, however long its curves are. */
export const overTheCap = (
  kept: readonly Kept[],
  mostRuns = MOST_RUNS,
  mostPoints = MOST_POINTS_IN_ALL,
): readonly string[] => {
  const newestFirst = kept.toSorted((a, b) => b.startedAt - a.startedAt);
  let points = 0;
  const fits = newestFirst.findIndex((run, index) => {
    points += run.points;
    return index > 0 && (index >= mostRuns || points > mostPoints);
  });
  return fits === -1
    ? []
    : newestFirst
        .slice(fits)
        .toReversed()
        .map(({ id }) => id);
};
