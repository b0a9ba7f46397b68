import { UNKNOWN_LIMIT, type RunPlan } from '../run.ts';
import { planWarnings, type PlanWarning, type Room } from './plan-warnings.ts';
import { forecastSaves, type SaveForecast, type Shown } from './save-forecast.ts';
import type { IntervalAdvice } from './save-interval.ts';

/** What a run will save, what of it stays, and what is amiss with that. `null` where it is not known. */
export interface SavePlan extends SaveForecast {
  /** As the code has it: a fraction below 1 is a share of the run. */
  readonly saveSteps: number | null;
  readonly maxSteps: number | null;
  /** `null`: none, or not known; see `keepsAll`. */
  readonly saveTotalLimit: number | null;
  /** No limit is set; `false` also where it could not be followed. */
  readonly keepsAll: boolean;
  readonly saveStrategy: string | null;
  /** Where the length is given in epochs. */
  readonly epochs: number | null;
  /** Steps of the run: as it shows them, else as its code has them. */
  readonly total: number | null;
  /** Nothing was said about saves, and the class of the arguments saves nothing then (Unsloth). */
  readonly isSilent: boolean;
  /** Bytes of one checkpoint, from one that was seen. */
  readonly checkpointBytes: number | null;
  readonly freeBytes: number | null;
  readonly warnings: readonly PlanWarning[];
  readonly advice: IntervalAdvice | null;
}

/** Nothing at all will be saved, not even at the end. */
export const savesNothing = ({ verdict, isSilent }: SavePlan): boolean =>
  verdict === 'no' || (verdict === 'never-before-end' && isSilent);

/** Nothing lies there yet, and nothing is known of the room. */
export const EMPTY_ROOM: Room = { checkpointBytes: null, freeBytes: null, present: 0, step: 0 };

/** @param folder Where the checkpoints are written, as the code has it. */
export const savePlan = (
  plan: RunPlan,
  shown: Shown,
  folder: string | null,
  room: Room = EMPTY_ROOM,
  advice: IntervalAdvice | null = null,
): SavePlan => {
  const forecast = forecastSaves(plan, shown);
  return {
    ...forecast,
    saveSteps: plan.saveSteps,
    maxSteps: plan.maxSteps,
    saveTotalLimit: plan.saveTotalLimit === UNKNOWN_LIMIT ? null : plan.saveTotalLimit,
    keepsAll: plan.saveTotalLimit === null,
    saveStrategy: plan.saveStrategy,
    epochs: plan.maxEpochs ?? null,
    total: shown.total ?? plan.maxSteps,
    isSilent: plan.isSilent ?? false,
    checkpointBytes: room.checkpointBytes,
    freeBytes: room.freeBytes,
    warnings: planWarnings(plan, forecast, folder, shown.transformers, room),
    advice,
  };
};
