import type { RunPlan } from '../run.ts';
import { savesLastStep } from './trainer-versions.ts';

/** More saves than this are not counted out one by one. */
const MOST_SAVES = 20_000;

/**
 * Interval between saves in steps, `null` when unknown or when nothing is saved by steps. A fraction is a share of the
 * run, rounded up (`TrainerState.compute_steps`).
 */
export const saveInterval = (plan: RunPlan, total: number | null): number | null => {
  if (plan.saveStrategy !== null && plan.saveStrategy !== 'steps') return null;
  if (plan.saveSteps === null || plan.saveSteps <= 0) return null;
  if (plan.saveSteps >= 1) return Math.floor(plan.saveSteps);
  return total === null ? null : Math.max(1, Math.ceil(total * plan.saveSteps));
};

/**
 * The steps at which a run of `total` steps saves, ascending; `null` where they cannot be told. An epoch that was begun is
 * saved when the run ends in it, so the last step is one of them.
 *
 * @param transformers The version, which decides over the last step; `null`: not known.
 */
export const savesOf = (
  plan: RunPlan,
  total: number,
  transformers: string | null,
): readonly number[] | null => {
  if (plan.saveStrategy === 'no') return [];
  const byEpoch = plan.saveStrategy === 'epoch';
  if (!byEpoch && savesAtEndOnly(plan)) return savesLastStep(transformers) ? [total] : [];
  const interval = byEpoch ? stepsOfEpoch(plan, total) : saveInterval(plan, total);
  if (interval === null || total / interval > MOST_SAVES) return null;
  const count = Math.floor(total / interval);
  const saves = Array.from({ length: count }, (_, index) => (index + 1) * interval);
  const last = byEpoch || savesLastStep(transformers);
  return last && saves.at(-1) !== total ? [...saves, total] : saves;
};

/** `save_steps=0`, as many notebooks have it: no step is a multiple of it (`DefaultFlowCallback.on_step_end`). */
export const savesAtEndOnly = ({ saveStrategy, saveSteps }: RunPlan): boolean =>
  saveStrategy === 'steps' && saveSteps !== null && saveSteps <= 0;

/** `total` is the epochs times the steps of one, rounded up; `null` where `max_steps` cuts it off. */
const stepsOfEpoch = ({ maxSteps, maxEpochs }: RunPlan, total: number): number | null => {
  if (maxSteps !== null || maxEpochs === undefined || maxEpochs === null) return null;
  const steps = Math.floor(total / maxEpochs);
  return steps >= 1 && Math.ceil(steps * maxEpochs) === total ? steps : null;
};
