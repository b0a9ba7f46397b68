import type { Unit } from '../checkpoint/epochs.ts';
import { bestCheckpoints } from '../recovery/best-checkpoints.ts';
import { changesOf, type AskedChanges } from '../reach/asked-changes.ts';
import type { Run, SeenCheckpoint } from '../run/run.ts';
import { proofOf } from '../run/resumption.ts';
import { frameworkOf } from '../run/unit.ts';
import type { HistoryCheckpoint, HistoryRun } from './history-run.ts';

/** A run as the popup shows it: what has been made out of it already. */
export interface ShownRun {
  readonly unit: Unit;
  readonly step: number | null;
  readonly total: number | null;
  readonly loss: number | null;
  readonly safeName: string | null;
  readonly safeStep: number | null;
  readonly stepsAtRisk: number | null;
  readonly nextSave: number | null;
  readonly checkpoints: readonly Pick<
    HistoryCheckpoint,
    'name' | 'form' | 'step' | 'sizeBytes' | 'integrity' | 'origin' | 'gone' | 'copyId'
  >[];
}

/** A notebook's run as it is written into the history. */
export const foldRun = (
  notebook: { readonly id: string; readonly name: string; readonly askedChanges: AskedChanges },
  run: Run,
  shown: ShownRun,
  at: number,
): HistoryRun => {
  const [best] = bestCheckpoints(run.checkpoints);
  return {
    format: 1,
    id: run.id,
    notebookId: notebook.id,
    notebookName: notebook.name,
    framework: frameworkOf(run),
    unit: shown.unit,
    startedAt: run.startedAt,
    phase: run.phase,
    seenAt: at,
    step: shown.step,
    total: shown.total,
    safeName: shown.safeName,
    safeStep: shown.safeStep,
    stepsAtRisk: shown.stepsAtRisk,
    nextSave: shown.nextSave,
    loss: shown.loss,
    given: run.given,
    before: wentOnFrom(run),
    asked: changesOf(notebook.askedChanges, run.id),
    checkpoints: shown.checkpoints.map(
      ({ name, form, step, sizeBytes, integrity, origin, gone, copyId }): HistoryCheckpoint => ({
        name,
        form,
        step,
        sizeBytes,
        integrity,
        origin,
        gone,
        copyId,
        ...measuredOf(run.checkpoints.find((seen) => seen.name === name)),
        isBest: name === best,
      }),
    ),
  };
};

/** A run that was to go on and began anew went on from nothing. */
const wentOnFrom = (run: Run): HistoryRun['before'] => {
  const { resumedFrom: step, resumedFromName: name, resumedFromRun: runId, resumption } = run;
  if (step === null && name === null) return null;
  return resumption !== null && proofOf(resumption).kind === 'from-zero' ? null : { runId, step, name };
};

/** What was measured belongs to a checkpoint only if it was logged at its own step. */
const measuredOf = (
  seen: SeenCheckpoint | undefined,
): Pick<HistoryCheckpoint, 'loss' | 'evalLoss' | 'metrics'> => {
  const state = seen?.trainerState ?? null;
  const own = (last: { readonly step: number; readonly loss: number } | null | undefined): number | null =>
    last?.step === seen?.step ? (last?.loss ?? null) : null;
  const last = state?.lastMetrics ?? null;
  return {
    loss: own(state?.lastLoss),
    evalLoss: own(state?.lastEvalLoss),
    metrics: last !== null && last.step === seen?.step ? last.metrics : [],
  };
};
