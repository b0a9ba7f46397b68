import type { LossHistory } from '../checkpoint/loss-history.ts';
import { thinned } from './decimate.ts';
import { after, EMPTY_SERIES, joined, seriesOf, type Series, type SeriesPoint } from './series.ts';

/** Points kept of one curve of one run. A run that logs each of 100,000 steps is kept whole. */
export const MOST_POINTS = 100_000;

/** Both curves of a run. `fileUpTo`: the step up to which a file of the Trainer told them, which nothing seen live overrides. */
export interface Curves {
  readonly loss: Series;
  readonly evalLoss: Series;
  readonly fileUpTo: number;
}

export const NO_CURVES: Curves = { loss: EMPTY_SERIES, evalLoss: EMPTY_SERIES, fileUpTo: -1 };

/** What was seen of a run since its curves were kept last. */
export interface CurveNews {
  /** The newest file that a checkpoint of the run brought, or `null`. */
  readonly file: LossHistory | null;
  readonly loss: readonly SeriesPoint[];
  readonly evalLoss: readonly SeriesPoint[];
}

/**
 * Curves with what came to them. The file's word counts up to its own step, what was seen live fills in behind it; what the
 * file tells of the time before `resumedFrom` is the earlier run's, and stays with that.
 */
export const withNews = (known: Curves, news: CurveNews, resumedFrom: number | null): Curves => {
  const file = news.file !== null && news.file.globalStep >= known.fileUpTo ? news.file : null;
  const fileUpTo = file?.globalStep ?? known.fileUpTo;
  const curve = (kept: Series, told: Series | undefined, live: readonly SeriesPoint[]): Series => {
    const base = told === undefined ? kept : joined(told, after(kept, fileUpTo));
    const seen = after(seriesOf(live), base.steps.length === 0 ? fileUpTo : Math.max(fileUpTo, lastOf(base)));
    const whole = joined(base, seen);
    return thinned(resumedFrom === null ? whole : after(whole, resumedFrom), MOST_POINTS);
  };
  return {
    loss: curve(known.loss, file?.loss, news.loss),
    evalLoss: curve(known.evalLoss, file?.evalLoss, news.evalLoss),
    fileUpTo,
  };
};

const lastOf = ({ steps }: Series): number => steps.at(-1) ?? -1;

export const pointCount = ({ loss, evalLoss }: Pick<Curves, 'loss' | 'evalLoss'>): number =>
  loss.steps.length + evalLoss.steps.length;
