import type { LogFormat, Reading } from '../log-format.ts';

/**
 * CatBoost. A step is a boosting round. Snapshots are saved silently, and a run that goes on from one prints nothing of
 * it either: its rounds simply continue.
 *
 * Source: CatBoost 1.2, `catboost/libs/train_lib/train_model.cpp`, `catboost/private/libs/algo/…` and
 * `catboost/libs/loggers/` (by default): `100:\tlearn: 0.42\ttest: 0.45\tbest: 0.45 (100)\ttotal: 1.2s\tremaining: 11s`,
 * `Stopped by overfitting detector  (50 iterations wait)`, `bestTest = 0.44`, `bestIteration = 120`, `Shrink model to
 * first 121 iterations.`
 */
export const catboost: LogFormat = {
  name: 'catboost',
  phrases: [
    { start: 'Stopped by overfitting detector', read: () => ({ kind: 'train_end', role: 'part' }) },
    { start: 'bestTest = ', read: () => ({ kind: 'train_end', role: 'part' }) },
    { start: 'bestIteration = ', read: best },
    { start: 'Shrink model to first ', read: () => ({ kind: 'train_end', role: 'rest' }) },
  ],
  anywhere: { literal: '\ttotal: ', read: round },
};

function best(rest: string): Reading {
  return /^\d{1,9}$/.test(rest) ? { kind: 'best', step: Number(rest) } : null;
}

const ROUND = /(?:^|\s)(\d{1,9}):\t(?:learn: (-?[\d.]{1,30}(?:e[+-]?\d{1,3})?)\s?\t|test: )/;

function round(text: string): Reading {
  const match = ROUND.exec(text.slice(0, 400));
  if (match === null) return null;
  return {
    kind: 'progress',
    step: Number(match[1]),
    ...(match[2] === undefined ? {} : { loss: Number(match[2]) }),
  };
}
