import type { Curves } from '../../core/history/curves.ts';
import { ownCheckpoints, type HistoryRun } from '../../core/history/history-run.ts';
import { nearest, type Series } from '../../core/history/series.ts';
import { smoothed, smoothingWeight } from '../../core/history/smoothed.ts';
import type { Line } from './chart-data.ts';

/** A run that is compared. */
export interface Chosen {
  readonly run: HistoryRun;
  /** From 0. */
  readonly slot: number;
  readonly curves: Curves;
}

/** A checkpoint as a point on its run's curve. */
export interface CheckpointMark {
  readonly slot: number;
  readonly lineKey: string;
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly isBest: boolean;
  readonly isWhole: boolean;
}

const known = new WeakMap<Series, Series>();

/** A curve is smoothed once: it is as long as the run. */
const smooth = (series: Series): Series => {
  const found = known.get(series) ?? smoothed(series, smoothingWeight(series.steps.length));
  known.set(series, found);
  return found;
};

/** The curves of the chosen runs; a smoothed one stands over its raw values. Evaluations are few, and stay as they are. */
export const linesOf = (
  chosen: readonly Chosen[],
  isSmoothed: boolean,
  label: (run: HistoryRun, slot: number, kind: Line['kind']) => string,
): readonly Line[] =>
  chosen.flatMap(({ run, slot, curves }) => {
    const line = (kind: Line['kind'], series: Series, part = ''): Line => ({
      key: `${run.id} ${kind}${part}`,
      runId: run.id,
      kind,
      slot,
      label: label(run, slot, kind),
      unit: run.unit,
      series,
      faint: part === ' raw',
    });
    const loss = isSmoothed
      ? [line('loss', curves.loss, ' raw'), line('loss', smooth(curves.loss))]
      : [line('loss', curves.loss)];
    return [...loss, line('evalLoss', curves.evalLoss)].filter(({ series }) => series.steps.length > 0);
  });

/** Each checkpoint of a run lies on its curve of training losses, or of evaluations where there is no other. */
export const marksOf = (chosen: readonly Chosen[], lines: readonly Line[]): readonly CheckpointMark[] =>
  chosen.flatMap(({ run, slot }) => {
    const own = lines.filter(({ runId, faint }) => runId === run.id && !faint);
    const line = own.find(({ kind }) => kind === 'loss') ?? own[0];
    if (line === undefined) return [];
    return ownCheckpoints(run).flatMap(({ name, step, isBest, integrity }) => {
      const on = step === null ? null : nearest(line.series, step);
      if (step === null || on === null || Number.isNaN(on.value)) return [];
      const isWhole = integrity.kind === 'complete';
      return [{ slot, lineKey: line.key, name, step, value: on.value, isBest, isWhole }];
    });
  });
