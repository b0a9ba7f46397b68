import type { Series } from './series.ts';

/** Of its points, those that a smoothed value looks back on: as many share, so that runs that log seldom lag no more. */
const SPAN = 0.03;

/** The weight of what was before for a curve of so many points; 0 leaves it as it is. */
export const smoothingWeight = (points: number): number => Math.max(0, 1 - 1 / Math.max(1, points * SPAN));

/**
 * An exponential moving average over a curve: each value is `weight` of the one before and the rest of the new one. The mean
 * is corrected for its beginning, so that it does not start from zero (as TensorBoard's smoothing does). What is no number is
 * passed over and stays a gap.
 */
export const smoothed = ({ steps, values }: Series, weight: number): Series => {
  const smooth = new Float64Array(values.length);
  let mean = 0;
  let count = 0;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      smooth[index] = Number.NaN;
      return;
    }
    mean = mean * weight + (1 - weight) * value;
    count += 1;
    smooth[index] = mean / (1 - weight ** count);
  });
  return { steps, values: smooth };
};
