import { fileLayout } from './file-kinds.ts';
import { numberIn, type Layout } from './layout.ts';

/**
 * XGBoost's TrainingCheckPoint (`model_10.ubj`, `.json`, `.pkl`; the number as it stands in the name), LightGBM's snapshots
 * (`model.txt.snapshot_iter_100`), CatBoost's `experiment.cbsnapshot`. Only JSON has an end to look for.
 */
export const boostingLayout: Layout = fileLayout({
  framework: 'boosting',
  names: [
    {
      pattern: /^.+\.snapshot_iter_(\d{1,15})$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
    { pattern: /^.+\.cbsnapshot$/, resumes: 'exactly' },
    {
      pattern: /^.+_(\d{1,15})\.ubj$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
  ],
});

/** The same with endings that anything can have: only where it is known to train. */
export const xgboostLayout: Layout = fileLayout({
  framework: 'boosting',
  names: [
    {
      pattern: /^.+_(\d{1,15})\.(?:ubj|json|pkl)$/,
      read: (match) => ({ step: numberIn(match, 1), epoch: null }),
      resumes: 'exactly',
    },
  ],
  when: (_, hint) => hint === 'boosting',
});
