import { UNKNOWN_LIMIT, type RunPlan } from '../run.ts';

/** Which saves lie on the disk when the run has ended. */
export interface KeptAtEnd {
  /** Those that are sure to. */
  readonly steps: readonly number[];
  /** The best one stays besides, whichever that will be. */
  readonly bestBesides: boolean;
}

/**
 * What rotation leaves (`rotate_checkpoints` and the end of `Trainer.train`, Transformers 5.23; 4.20 does the same). Where a
 * best one is tracked it takes one of the places; with a limit of 1 it and the newest lie there while the run goes on, and
 * at its end the best alone. `null`: the limit is not known.
 */
export const keptAtEnd = (plan: RunPlan, saves: readonly number[]): KeptAtEnd | null => {
  const { saveTotalLimit: limit } = plan;
  if (limit === UNKNOWN_LIMIT) return null;
  if (limit === null || limit < 1 || saves.length <= 1) return { steps: saves, bestBesides: false };
  const isBestTracked = tracksBest(plan);
  if (saves.length <= limit) return { steps: saves, bestBesides: false };
  if (!isBestTracked) return { steps: saves.slice(-limit), bestBesides: false };
  return { steps: limit === 1 ? [] : saves.slice(1 - limit), bestBesides: true };
};

/** The most that lie there at once: a save is written before the oldest goes. `null`: all, or not known. */
export const mostAtOnce = (plan: RunPlan): number | null => {
  const { saveTotalLimit: limit } = plan;
  if (limit === null || limit < 1) return null;
  return (tracksBest(plan) ? Math.max(2, limit) : limit) + 1;
};

/** The Trainer looks for the best one where it evaluates and has a metric, which `load_best_model_at_end` gives it. */
export const tracksBest = ({ evaluation }: RunPlan): boolean =>
  evaluation !== undefined &&
  evaluation !== null &&
  evaluation.strategy !== 'no' &&
  (evaluation.loadsBest !== false || evaluation.hasMetric);
