import type { CheckpointView, NotebookState, RunView } from '../protocol/popup-view.ts';
import { placeLabels, type LineLabel } from './run-line-labels.ts';

/** The run from left to right. Places are percent of the line's width. */
export interface RunLine {
  /** How far whole checkpoints reach. */
  readonly safeTo: number;
  /** What would be lost, or was. */
  readonly atRisk: { readonly from: number; readonly to: number; readonly lost: boolean } | null;
  readonly dots: readonly LineDot[];
  /** There are so many that they are drawn small. */
  readonly dense: boolean;
  /** Saves to come. */
  readonly saves: readonly number[];
  readonly mark: { readonly at: number; readonly kind: 'now' | 'stopped' | 'finished' } | null;
  readonly labels: readonly LineLabel[];
  /** The end is not known: the line is drawn open. */
  readonly open: boolean;
}
export interface LineDot {
  readonly at: number;
  readonly kind: 'whole' | 'doubtful' | 'broken' | 'gone';
  /** The place where it stopped lies inside: it is drawn as a ring around the cross. */
  readonly around: boolean;
}

const MOST_PLANNED_MARKS = 40;
const MOST_LARGE_DOTS = 16;

const dotKind = (checkpoint: DrawnCheckpoint): LineDot['kind'] => {
  if (checkpoint.gone) return 'gone';
  switch (checkpoint.integrity.kind) {
    case 'complete':
      return 'whole';
    case 'broken':
      return 'broken';
    case 'unchecked':
    case 'writing':
    case 'unproven':
      return 'doubtful';
    default:
      return checkpoint.integrity satisfies never;
  }
};

/** What of a checkpoint is drawn. */
export type DrawnCheckpoint = Pick<CheckpointView, 'step' | 'integrity' | 'origin' | 'gone'>;
/** What of a run is drawn. */
export interface DrawnRun extends Pick<RunView, 'step' | 'total' | 'safeStep' | 'stepsAtRisk' | 'nextSave'> {
  readonly checkpoints: readonly DrawnCheckpoint[];
}

/** Checkpoints that belong on this run's line: its own, and the one it was resumed from. */
export const checkpointsOnLine = (run: DrawnRun): readonly DrawnCheckpoint[] =>
  run.checkpoints.filter(
    ({ origin, step }) => origin === 'this-run' || (step !== null && step === run.safeStep),
  );

/** Where they stand; one that does not tell has no place on the line. */
export const stepsOf = (checkpoints: readonly DrawnCheckpoint[]): readonly number[] =>
  checkpoints.flatMap(({ step }) => step ?? []);

const DRAWN_LATER = { gone: 0, doubtful: 1, broken: 2, whole: 3 } as const;

/** One dot for every percent of the line at most, the better one, whole ones drawn on top. */
const dotsOf = (
  checkpoints: readonly DrawnCheckpoint[],
  end: number,
  stoppedAt: number | null,
): readonly LineDot[] => {
  const byPlace = new Map<number, LineDot>();
  for (const checkpoint of checkpoints) {
    if (checkpoint.step === null) continue;
    const at = percent(checkpoint.step, end);
    const kind = dotKind(checkpoint);
    const around = (kind === 'broken' || kind === 'doubtful') && Math.abs(at - (stoppedAt ?? Infinity)) < 2;
    const dot: LineDot = { at, kind, around };
    const place = Math.round(dot.at);
    const there = byPlace.get(place);
    if (there === undefined || DRAWN_LATER[dot.kind] > DRAWN_LATER[there.kind]) byPlace.set(place, dot);
  }
  return [...byPlace.values()].toSorted((a, b) => DRAWN_LATER[a.kind] - DRAWN_LATER[b.kind]);
};

const percent = (step: number, end: number): number => Math.min(100, Math.max(0, (step / end) * 100));

/** `now`: it trains; `stopped`: whatever ended it before its end. */
export type Ending = { readonly kind: 'now' | 'stopped' | 'finished' };

/** The picture of a run, or `null` where there is nothing to draw. */
export const lineOfRun = (run: DrawnRun, ending: Ending): RunLine | null => {
  const checkpoints = checkpointsOnLine(run);
  const furthest = Math.max(run.step ?? 0, run.safeStep ?? 0, ...stepsOf(checkpoints));
  const open = run.total === null;
  // Without a known end the line ends a little after the last thing there is to show.
  const end = Math.max(run.total ?? Math.max(run.nextSave ?? 0, furthest) * 1.15, furthest);
  if (!(end > 0) || !Number.isFinite(end)) return null;
  const safeStep = run.safeStep ?? 0;
  const stoppedAt = ending.kind === 'stopped' && run.step !== null ? percent(run.step, end) : null;
  const dots = dotsOf(checkpoints, end, stoppedAt);
  const next = ending.kind === 'now' && run.nextSave !== null && run.nextSave <= end ? [run.nextSave] : [];
  const shown = stepsOf(checkpoints.filter(({ gone }) => !gone));
  return {
    safeTo: percent(safeStep, end),
    atRisk:
      run.step === null || run.stepsAtRisk === null || run.step <= safeStep
        ? null
        : { from: percent(safeStep, end), to: percent(run.step, end), lost: ending.kind === 'stopped' },
    dots,
    dense: dots.length > MOST_LARGE_DOTS,
    saves: next.map((step) => percent(step, end)),
    mark: run.step === null ? null : { at: percent(run.step, end), kind: ending.kind },
    labels: placeLabels([...(open ? [] : [end]), 0, safeStep, ...next, ...shown], end),
    open,
  };
};

const lineOfPlan = (saves: readonly number[], end: number): RunLine => ({
  safeTo: 0,
  atRisk: null,
  dots: [],
  dense: false,
  saves: saves.length > MOST_PLANNED_MARKS ? [] : saves.map((step) => percent(step, end)),
  mark: null,
  labels: placeLabels([end, 0, ...saves.slice(0, MOST_PLANNED_MARKS)], end),
  open: false,
});

/** The picture of a state, or `null` when there is nothing to draw. */
export const runLineOf = (state: NotebookState): RunLine | null => {
  switch (state.kind) {
    case 'idle':
      return state.plan === null || state.plan.total === null || state.plan.total <= 0
        ? null
        : lineOfPlan(state.plan.savesAt, state.plan.total);
    case 'training':
      return lineOfRun(state.run, { kind: 'now' });
    case 'finished':
      return lineOfRun(state.run, { kind: 'finished' });
    case 'stopped':
    case 'lost':
    case 'recovering':
      return lineOfRun(state.run, { kind: 'stopped' });
    default:
      return state satisfies never;
  }
};
