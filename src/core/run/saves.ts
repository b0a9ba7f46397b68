import { newestOf } from '../checkpoint/newer.ts';
import { positionOf } from './progress.ts';
import { saveInterval, savesOf } from './plan/save-steps.ts';
import { UNKNOWN_LIMIT, type Run, type RunPlan, type SeenCheckpoint } from './run.ts';

/**
 * Step of the next save. A save whose step was passed stays the next one until the folder has been looked at since: between
 * two looks nobody knows of it.
 */
export const nextSave = (run: Run): number | null => {
  const position = positionOf(run);
  if (position?.unit === 'epochs') return null;
  const total = position?.total ?? run.plan.maxSteps;
  const step = position?.step ?? 0;
  const planned = total === null ? null : savesOf(run.plan, total, run.packages['transformers'] ?? null);
  if (planned === null || (planned.length === 0 && run.plan.saveStrategy !== 'no'))
    return nextByInterval(run, step, total);
  const due = planned.findLast((save) => save <= step) ?? 0;
  return isUnseen(run, due) ? due : (planned.find((save) => save > step) ?? planned.at(-1) ?? null);
};

/** Of a run whose length is not known, or whose code does not tell how often it saves. */
const nextByInterval = (run: Run, step: number, total: number | null): number | null => {
  const bySteps = run.plan.saveStrategy === null || run.plan.saveStrategy === 'steps';
  const interval = saveInterval(run.plan, total) ?? (bySteps ? observedInterval(run) : null);
  if (interval === null) return null;
  const due = Math.floor(step / interval) * interval;
  const next = isUnseen(run, due) ? due : due + interval;
  return total !== null && total > 0 ? Math.min(next, total) : next;
};

const isUnseen = (run: Run, due: number): boolean => {
  const position = positionOf(run);
  if (due <= 0 || position === null || run.folder.kind !== 'known') return false;
  if (run.checkpoints.some(({ origin, step }) => origin === 'this-run' && (step ?? -1) >= due)) return false;
  const passedAt = run.timings.find(({ step }) => step >= due)?.at ?? position.at;
  return run.lookedAt === null || run.lookedAt <= passedAt;
};

/** What the checkpoints themselves say: `save_steps` in their `trainer_state.json`. */
const observedInterval = (run: Run): number | null =>
  run.checkpoints.findLast(({ origin, trainerState }) => origin === 'this-run' && trainerState?.saveSteps)
    ?.trainerState?.saveSteps ?? null;

/** Newest checkpoint of this run that was proven complete and still lies on the disk. */
export const safeCheckpoint = (run: Run): SeenCheckpoint | null =>
  newestOf(
    run.checkpoints.filter(
      ({ origin, gone, integrity }) => origin === 'this-run' && !gone && integrity.kind === 'complete',
    ),
  );

/**
 * What is known of the checkpoints of a run. `seen`: the folder was looked at, and all in it is judged. `none-whole`: the
 * same, and what lies there is not whole. `checking`: a checkpoint is there that is not judged yet, or nobody has looked
 * since the run ended. `unknown`: nobody could look, so "nothing is saved" cannot be said.
 */
export type KnownSaves = 'seen' | 'none-whole' | 'checking' | 'unknown';

/** @param folderIsRead Whether the last look got an answer. */
export const knownSaves = (run: Run, folderIsRead: boolean): KnownSaves => {
  if (run.folder.kind !== 'known' || run.baseline === null) return 'unknown';
  const there = run.checkpoints.filter(({ origin, gone }) => origin === 'this-run' && !gone);
  const isUnjudged = ({ integrity: { kind } }: SeenCheckpoint): boolean =>
    kind === 'unchecked' || kind === 'writing';
  if (there.some(isUnjudged) || hasEndedSinceLook(run)) return 'checking';
  if (there.length > 0) return safeCheckpoint(run) === null ? 'none-whole' : 'seen';
  return folderIsRead && run.announced.saved.length === 0 ? 'seen' : 'unknown';
};

const hasEndedSinceLook = ({ phase, lookedAt }: Run): boolean =>
  phase.kind !== 'training' && (lookedAt === null || lookedAt < phase.at);

/** The limit as a number of checkpoints, `null` when all are kept or it is not known. */
export const keptAtMost = (plan: RunPlan): number | null =>
  plan.saveTotalLimit === null || plan.saveTotalLimit === UNKNOWN_LIMIT || plan.saveTotalLimit <= 0
    ? null
    : plan.saveTotalLimit;
