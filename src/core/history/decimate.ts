import { indexAt, type Series } from './series.ts';

interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * A curve drawn with fewer points: what lies in a window of steps, and one point beyond each of its ends so that the line
 * runs out of the picture. The window is cut into as many buckets of equal width as are asked for, and of each the lowest and
 * the highest point stay, in their order, so that no peak is lost; a bucket with a gap in it keeps one. At most
 * `3 * buckets + 2` points; a curve that has no more stays as it is.
 */
export const decimate = (series: Series, { from, to }: Window, buckets: number): Series => {
  const first = Math.max(0, indexAt(series, from) - 1);
  const end = Math.min(series.steps.length, indexAt(series, to) + 2);
  if (end - first <= 2 * buckets || !(to > from)) return slice(series, first, end);
  const kept: number[] = [];
  const width = (to - from) / buckets;
  let at = first;
  while (at < end) {
    const bucket = bucketOf(series, at, from, width);
    let next = at + 1;
    while (next < end && bucketOf(series, next, from, width) === bucket) next += 1;
    keepOf(series, at, next, kept);
    at = next;
  }
  return pick(series, kept);
};

const bucketOf = ({ steps }: Series, index: number, from: number, width: number): number =>
  Math.floor(((steps[index] ?? 0) - from) / width);

/** The indices of the lowest, the highest and the first that is no number, in order. */
const keepOf = ({ values }: Series, from: number, to: number, kept: number[]): void => {
  let [low, high, gap] = [-1, -1, -1];
  for (let index = from; index < to; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) gap = gap === -1 ? index : gap;
    else {
      if (low === -1 || value < (values[low] ?? Infinity)) low = index;
      if (high === -1 || value > (values[high] ?? -Infinity)) high = index;
    }
  }
  const found = [...new Set([low, high, gap])].filter((index) => index !== -1);
  kept.push(...found.toSorted((a, b) => a - b));
};

const pick = ({ steps, values }: Series, indices: readonly number[]): Series => ({
  steps: Float64Array.from(indices, (index) => steps[index] ?? Number.NaN),
  values: Float64Array.from(indices, (index) => values[index] ?? Number.NaN),
});

const slice = ({ steps, values }: Series, from: number, to: number): Series => ({
  steps: steps.slice(from, to),
  values: values.slice(from, to),
});

/** A curve of at most so many points for keeping: thinned as it is drawn, its first and last point always in it. */
export const thinned = (series: Series, most: number): Series => {
  const { steps } = series;
  const [first, last] = [steps[0], steps.at(-1)];
  if (steps.length <= most || first === undefined || last === undefined) return series;
  const inner = decimate(series, { from: first, to: last }, Math.max(1, Math.floor((most - 4) / 3)));
  return withEnds(series, inner);
};

const withEnds = (series: Series, inner: Series): Series => {
  const kept = new Set(inner.steps);
  const ends = [0, series.steps.length - 1].filter((index) => !kept.has(series.steps[index] ?? Number.NaN));
  if (ends.length === 0) return inner;
  const all = ends.map((index) => [series.steps[index] ?? 0, series.values[index] ?? Number.NaN] as const);
  inner.steps.forEach((step, index) => all.push([step, inner.values[index] ?? Number.NaN]));
  all.sort(([a], [b]) => a - b);
  return {
    steps: Float64Array.from(all, ([step]) => step),
    values: Float64Array.from(all, ([, value]) => value),
  };
};
