/**
 * One curve: values over steps, steps strictly rising. A value that is no number (a loss that became `NaN`) is `NaN`: a gap
 * in the curve, not a missing point.
 */
export interface Series {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

export interface SeriesPoint {
  readonly step: number;
  readonly value: number;
}

export const EMPTY_SERIES: Series = { steps: new Float64Array(), values: new Float64Array() };

/** Points in any order; of several at one step the last counts, as a run that logs a step again means it. */
export const seriesOf = (points: readonly SeriesPoint[]): Series => {
  const sorted = isRising(points) ? points : inOrder(points);
  return {
    steps: Float64Array.from(sorted, ({ step }) => step),
    values: Float64Array.from(sorted, ({ value }) => value),
  };
};

const isRising = (points: readonly SeriesPoint[]): boolean =>
  points.every(({ step }, index) => index === 0 || step > (points[index - 1]?.step ?? Infinity));

const inOrder = (points: readonly SeriesPoint[]): readonly SeriesPoint[] => {
  const byStep = new Map(points.map((point) => [point.step, point]));
  return [...byStep.values()].toSorted((a, b) => a.step - b.step);
};

export const pointsOf = ({ steps, values }: Series): readonly SeriesPoint[] =>
  Array.from(steps, (step, index) => ({ step, value: values[index] ?? Number.NaN }));

/** Index of the first point at or after a step; the length where there is none. */
export const indexAt = ({ steps }: Series, step: number): number => {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? Infinity) < step) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The points after a step. */
export const after = (series: Series, step: number): Series => {
  const exact = indexAt(series, step);
  const from = series.steps[exact] === step ? exact + 1 : exact;
  return { steps: series.steps.slice(from), values: series.values.slice(from) };
};

/** The point nearest to a step; `null` of an empty curve. */
export const nearest = (series: Series, step: number): SeriesPoint | null => {
  const right = indexAt(series, step);
  const at = (index: number): SeriesPoint | null => {
    const [there, value] = [series.steps[index], series.values[index]];
    return there === undefined || value === undefined ? null : { step: there, value };
  };
  const [before, behind] = [at(right - 1), at(right)];
  if (before === null || behind === null) return before ?? behind;
  return step - before.step <= behind.step - step ? before : behind;
};

/** One curve behind another; what overlaps is the first's. */
export const joined = (first: Series, second: Series): Series => {
  const last = first.steps.at(-1);
  const rest = last === undefined ? second : after(second, last);
  if (rest.steps.length === 0) return first;
  const steps = new Float64Array(first.steps.length + rest.steps.length);
  const values = new Float64Array(steps.length);
  steps.set(first.steps);
  steps.set(rest.steps, first.steps.length);
  values.set(first.values);
  values.set(rest.values, first.values.length);
  return { steps, values };
};
