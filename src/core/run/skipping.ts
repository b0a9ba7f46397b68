import * as v from 'valibot';
import type { TrainerState } from '../checkpoint/checkpoint.ts';

/**
 * How a resumed run passes over the batches it has trained already, before its first new step. As seen with Transformers
 * 5.23 (accelerate's `skip_first_batches`): a dataset with a length is not read for it, a streamed one (`IterableDataset`) is
 * read again from its start. A notebook shows nothing of that and a script a bar that stands at 0. Only older versions, where
 * accelerate had no `skip_first_batches`, read every dataset and drew a bar for it ("Skipping the first batches").
 */
export const skippingSchema = v.object({
  /** Training steps whose batches are passed over: those of the epoch that was broken off. */
  steps: v.number(),
  /** What training these steps took before, data and all: reading them alone takes no longer. `null`: that is not known. */
  secondsAtMost: v.nullable(v.number()),
  /** The bar of old versions as last seen. */
  bar: v.nullable(v.object({ secondsLeft: v.nullable(v.number()), at: v.number() })),
});
export type Skipping = v.InferOutput<typeof skippingSchema>;

/** Steps of the epoch that a checkpoint broke off; `null` where its state does not tell the epoch. */
export const stepsOfBrokenEpoch = ({
  globalStep,
  epoch,
}: Pick<TrainerState, 'globalStep' | 'epoch'>): number | null => {
  if (epoch === null || epoch <= 0) return null;
  const stepsPerEpoch = globalStep / epoch;
  const steps = Math.round((epoch - Math.floor(epoch)) * stepsPerEpoch);
  // 1.9999999 is the end of an epoch.
  return steps >= Math.round(stepsPerEpoch) ? 0 : steps;
};

/** What is known beforehand; `null` where nothing has to be passed over, or that is not known. */
export const expectSkipping = (
  state: Pick<TrainerState, 'globalStep' | 'epoch'> | null,
  secondsPerStep: number | null,
): Skipping | null => {
  const steps = state === null ? null : stepsOfBrokenEpoch(state);
  if (steps === null || steps === 0) return null;
  return { steps, secondsAtMost: secondsPerStep === null ? null : steps * secondsPerStep, bar: null };
};

/** The bar was drawn. */
export const seeSkipping = (
  known: Skipping | null,
  bar: { readonly done: number; readonly total: number },
  perSecond: number | null,
  at: number,
): Skipping => ({
  steps: known?.steps ?? bar.total,
  secondsAtMost: known?.secondsAtMost ?? null,
  bar: {
    at,
    secondsLeft: perSecond === null || perSecond <= 0 ? null : Math.max(0, bar.total - bar.done) / perSecond,
  },
});
