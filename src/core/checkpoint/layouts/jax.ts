import { fileLayout } from './file-kinds.ts';
import { numberIn, type Layout } from './layout.ts';

/** Flax's older files: `checkpoint_1000`, written as `checkpoint_1000tmp` and renamed. Their format has no end to look for. */
export const flaxLayout: Layout = fileLayout({
  framework: 'jax',
  names: [
    {
      pattern: /^checkpoint_(\d{1,15})$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
  ],
});
