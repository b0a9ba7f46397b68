/** A value with the moment at which it was read, milliseconds since the epoch. */
export interface Reading {
  readonly at: number;
  readonly value: number;
}

/**
 * How fast readings rise, per millisecond: the median of the slopes between any two of them (Theil and Sen), which a third of
 * outliers does not move. `null` where they do not plainly rise: more than a quarter of the pairs stands still or falls, as where memory
 * goes up and down with each evaluation.
 */
export const risingSlope = (readings: readonly Reading[]): number | null => {
  const slopes = readings
    .flatMap((later, index) =>
      readings
        .slice(0, index)
        .flatMap((earlier) =>
          later.at > earlier.at ? [(later.value - earlier.value) / (later.at - earlier.at)] : [],
        ),
    )
    .toSorted((a, b) => a - b);
  const lower = slopes[Math.floor(slopes.length / 4)] ?? 0;
  const median = slopes[Math.floor(slopes.length / 2)] ?? 0;
  return lower > 0 ? median : null;
};
