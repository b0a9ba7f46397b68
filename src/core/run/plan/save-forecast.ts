import type { RunPlan } from '../run.ts';
import { keptAtEnd } from './kept-at-end.ts';
import { savesAtEndOnly, savesOf } from './save-steps.ts';

/**
 * What will be saved. `saves`: something before the last step. `never-before-end`: nothing before the last step, at which it
 * may be saved or not. `no`: nothing at all. `epochs`: after each epoch, whose steps are not known. `length-unknown`: by
 * steps, in a run whose steps are not known. `unknown`: the code does not tell.
 */
export type PlanVerdict = 'saves' | 'never-before-end' | 'no' | 'epochs' | 'length-unknown' | 'unknown';

/** What a run will save and what of it stays. */
export interface SaveForecast {
  readonly verdict: PlanVerdict;
  /** Ascending; empty where they cannot be told. */
  readonly savesAt: readonly number[];
  /** Those that are sure to lie there when it has ended; `null`: not known. */
  readonly keptAtEnd: readonly number[] | null;
  /** The best one stays besides, whichever that will be. */
  readonly bestBesides: boolean;
}

/** What the run itself has shown, or the notebook besides its code. */
export interface Shown {
  /** Steps of the whole run. */
  readonly total: number | null;
  /** The version of Transformers. */
  readonly transformers: string | null;
}

/** Tells what a run will save from what its code says, and from its length as soon as the run shows it. */
export const forecastSaves = (plan: RunPlan, { total: shown, transformers }: Shown): SaveForecast => {
  const total = shown ?? (plan.maxSteps !== null && plan.maxSteps > 0 ? plan.maxSteps : null);
  const saves = total === null ? null : savesOf(plan, total, transformers);
  const kept = saves === null ? null : keptAtEnd(plan, saves);
  return {
    verdict: verdictOf(plan, total, saves),
    savesAt: saves ?? [],
    keptAtEnd: kept?.steps ?? null,
    bestBesides: kept?.bestBesides ?? false,
  };
};

const verdictOf = (plan: RunPlan, total: number | null, saves: readonly number[] | null): PlanVerdict => {
  switch (plan.saveStrategy) {
    case 'no':
      return verdictOfSilence(plan, total);
    case 'epoch':
      if (saves !== null && total !== null) return beforeEnd(saves, total);
      return isOneEpoch(plan) ? 'never-before-end' : 'epochs';
    case 'steps':
      return verdictByStep(plan, total, saves);
    case 'best':
      return verdictByBest(plan, total);
    case null:
    default:
      return 'unknown';
  }
};

/**
 * Unsloth's configurations save nothing where nothing was said about saves. In a run that ends before the interval they
 * leave unused, the length alone would have seen to that: then it is the length that is to be spoken of.
 */
const verdictOfSilence = ({ isSilent, saveSteps }: RunPlan, total: number | null): PlanVerdict =>
  isSilent === true && total !== null && saveSteps !== null && total <= saveSteps ? 'never-before-end' : 'no';

const beforeEnd = (saves: readonly number[], total: number): PlanVerdict =>
  saves.some((step) => step < total) ? 'saves' : 'never-before-end';

const isOneEpoch = ({ maxSteps, maxEpochs }: RunPlan): boolean =>
  maxSteps === null && maxEpochs !== undefined && maxEpochs !== null && maxEpochs <= 1;

const verdictByStep = (plan: RunPlan, total: number | null, saves: readonly number[] | null): PlanVerdict => {
  const { saveSteps } = plan;
  if (savesAtEndOnly(plan)) return 'never-before-end';
  if (saveSteps === null) return 'unknown';
  if (total === null) return saveSteps < 1 ? 'saves' : 'length-unknown';
  return saves === null ? 'saves' : beforeEnd(saves, total);
};

/** The first evaluation is the best so far: it is saved. */
const verdictByBest = ({ evaluation, ...plan }: RunPlan, total: number | null): PlanVerdict => {
  switch (evaluation?.strategy) {
    case 'no':
      return 'no';
    case 'epoch':
      return isOneEpoch(plan) ? 'never-before-end' : 'epochs';
    case 'steps': {
      const { steps } = evaluation;
      if (steps === null) return 'unknown';
      if (total === null) return steps < 1 ? 'saves' : 'length-unknown';
      return (steps < 1 ? Math.ceil(total * steps) : steps) < total ? 'saves' : 'never-before-end';
    }
    case null:
    case undefined:
    default:
      return 'unknown';
  }
};
