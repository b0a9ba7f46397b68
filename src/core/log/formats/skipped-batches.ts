import type { LogFormat } from '../log-format.ts';

/**
 * The bar of older Transformers for the batches passed over when a run is resumed (`trainer.py`, where accelerate had no
 * `skip_first_batches`; see `run/skipping.ts`): no steps are trained meanwhile.
 */
export const skippedBatches: LogFormat = {
  name: 'skipped-batches',
  readsUnfinishedLines: true,
  bar({ description, done, total, perSecond }) {
    if (description !== 'Skipping the first batches') return null;
    const pace = perSecond === null || perSecond === 0 ? {} : { stepsPerSecond: perSecond };
    return { kind: 'progress', skipping: { done, total }, ...pace };
  },
};
