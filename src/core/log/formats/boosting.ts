import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import type { Announcement, LogFormat, Reading } from '../log-format.ts';

/**
 * XGBoost and LightGBM. A step is a boosting round. Saving is silent in both.
 *
 * Source: dmlc/xgboost @ 379b29f0, `python-package/xgboost/callback.py` (`[0]\ttrain-logloss:0.61\teval-logloss:0.62`,
 * by default; before 1.3 `Will train until eval-auc hasn't improved in 50 rounds.`, `Stopping. Best iteration:`);
 * microsoft/LightGBM @ bae0b7ba, `python-package/lightgbm/callback.py`, `src/boosting/gbdt.cpp` (by default). The line
 * behind `best iteration is:` is the best round, not a new one.
 */
export const boosting: LogFormat = {
  name: 'boosting',
  phrases: [
    { start: 'Start training from score ', read: start },
    { start: "Training until validation scores don't improve for ", read: start },
    { start: 'Will train until ', read: (rest) => (rest.includes("hasn't improved in ") ? start() : null) },
    { start: 'Stopping. Best iteration:', read: (_, context) => end(context) },
    { start: 'Early stopping, best iteration is:', read: (_, context) => end(context) },
    { start: 'Did not meet early stopping. Best iteration is:', read: (_, context) => end(context) },
    { start: 'Early stopping at iteration ', read: stoppedAt },
    { start: 'Iteration:', read: commandLine },
    {
      start: 'Finished training',
      read: (rest) => (rest === '' ? { kind: 'train_end', role: 'part' } : null),
    },
  ],
  anywhere: { literal: ']\t', read: round },
};

const bestIsNext = remembers(() => ({ line: -1 }));

function start(): Announcement {
  return { kind: 'train_start', role: 'part' };
}

function end(context: LogContext): Reading {
  bestIsNext(context).line = context.line + 1;
  return { kind: 'train_end', role: 'part' };
}

function stoppedAt(rest: string): Reading {
  const match = /^(\d{1,9}), the best iteration round is (\d{1,9})/.exec(rest);
  return match === null
    ? null
    : [
        { kind: 'train_end', step: Number(match[1]) },
        { kind: 'best', step: Number(match[2]) },
      ];
}

function commandLine(rest: string): Reading {
  const step = /^(\d{1,9}), [\w ]{1,80} : [\d.e+-]{1,30}$/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'progress', step: Number(step) };
}

/** `train-logloss:0.61`, `validation_0-rmse:1.2`, `valid_0's auc: 0.9`, `cv_agg's binary_logloss: 0.3 + 0.01`. */
const ROUND =
  /(?:^|\s)\[(\d{1,9})\]\t(?=[\w ]{1,80}(?:-[\w@.:-]{1,60}:|'s [\w@. -]{1,60}: )[-\d.einaf]{1,30})/;
const LOSS =
  /\ttrain(?:ing)?(?:-|'s )\w{0,30}(?:loss|error|rmse|mae|mse|l1|l2|deviance|poisson): ?(-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)/;

function round(text: string, context: LogContext): Reading {
  const match = ROUND.exec(text.slice(0, 2000));
  if (match === null) return null;
  const step = Number(match[1]);
  if (bestIsNext(context).line === context.line) return { kind: 'best', step };
  const loss = LOSS.exec(text.slice(0, 2000))?.[1];
  return { kind: 'progress', step, ...(loss === undefined ? {} : { loss: Number(loss) }) };
}
