import type { Unit } from '../../core/checkpoint/epochs.ts';
import { decimate } from '../../core/history/decimate.ts';
import type { Series } from '../../core/history/series.ts';

/** A curve as it is drawn. */
export interface Line {
  readonly key: string;
  readonly runId: string;
  readonly kind: 'loss' | 'evalLoss';
  /** Its run's place among the colours, from 0. */
  readonly slot: number;
  readonly label: string;
  /** What its steps are. */
  readonly unit: Unit;
  readonly series: Series;
  /** Raw values below a smoothed curve. */
  readonly faint: boolean;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The steps that all of the curves lie in; `null` where there is no point. */
export const extentOf = (lines: readonly Pick<Line, 'series'>[]): Window | null => {
  const firsts = lines.flatMap(({ series }) => series.steps[0] ?? []);
  const lasts = lines.flatMap(({ series }) => series.steps.at(-1) ?? []);
  if (firsts.length === 0) return null;
  const [from, to] = [Math.min(...firsts), Math.max(...lasts)];
  return from === to ? { from: from - 1, to: to + 1 } : { from, to };
};

/** Values over common steps: `null` is a gap, `undefined` is nothing of this curve's. */
export type Aligned = [number[], ...(number | null | undefined)[][]];

/**
 * What is drawn of several curves in a window: each with few enough points for its width, all over the same steps.
 * `log`: what has no place on a logarithmic axis is a gap.
 */
export const alignedData = (
  lines: readonly Pick<Line, 'series'>[],
  window: Window,
  buckets: number,
  log: boolean,
): Aligned => {
  const drawn = lines.map(({ series }) => decimate(series, window, buckets));
  const steps = [...new Set(drawn.flatMap((series) => [...series.steps]))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  const columns = drawn.map((series) => {
    const column: (number | null | undefined)[] = Array.from({ length: steps.length }, () => undefined);
    series.steps.forEach((step, index) => {
      const value = series.values[index] ?? Number.NaN;
      const hasPlace = Number.isFinite(value) && (!log || value > 0);
      column[place.get(step) ?? 0] = hasPlace ? value : null;
    });
    return column;
  });
  return [steps, ...columns];
};

/** A narrower or wider window around a step that keeps its place in it, within the whole. */
export const zoomed = (window: Window, around: number, factor: number, whole: Window): Window | null => {
  const from = Math.max(whole.from, around - (around - window.from) * factor);
  const to = Math.min(whole.to, around + (window.to - around) * factor);
  if (from <= whole.from && to >= whole.to) return null;
  return to - from < 1e-9 * (whole.to - whole.from) || to - from < 1 ? window : { from, to };
};
