import type { Series, SeriesPoint } from './series.ts';

/** A curve in four numbers, for a sentence. */
export interface CurveSummary {
  readonly first: SeriesPoint;
  readonly last: SeriesPoint;
  /** The lowest, the earliest of several. */
  readonly best: SeriesPoint;
  readonly trend: 'falls' | 'rises' | 'stays';
  /** Points that are no number. */
  readonly gaps: number;
}

/** `null`: not one point of it is a number. */
export const summaryOf = ({ steps, values }: Series): CurveSummary | null => {
  let first: SeriesPoint | null = null;
  let last: SeriesPoint | null = null;
  let best: SeriesPoint | null = null;
  let gaps = 0;
  for (let index = 0; index < steps.length; index += 1) {
    const [step, value] = [steps[index] ?? 0, values[index] ?? Number.NaN];
    if (Number.isNaN(value)) {
      gaps += 1;
      continue;
    }
    const point = { step, value };
    first ??= point;
    last = point;
    if (best === null || value < best.value) best = point;
  }
  if (first === null || last === null || best === null) return null;
  const trend = last.value < first.value ? 'falls' : last.value > first.value ? 'rises' : 'stays';
  return { first, last, best, trend, gaps };
};
