import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import { phraseFormat, type Reading } from '../log-format.ts';
import { readLoss } from '../free-words/loss.ts';
import { printedNumber } from '../printed-number.ts';
import { printedPath } from '../printed-values.ts';

/**
 * nanoGPT and its many copies. The folder is printed, the step stands in the line before (`step 250: train loss …`).
 *
 * Source: karpathy/nanoGPT @ 3adf61e1, `train.py`, by default. Not events: `Initializing a new model from scratch`.
 */
export const nanogpt = phraseFormat('nanogpt', [
  { start: 'step ', read: evaluated },
  { start: 'iter ', read: iteration },
  { start: 'saving checkpoint to ', read: saved },
  { start: 'Resuming training from ', read: resumed },
]);

const lastEvaluation = remembers(() => ({ step: 0, line: -1 }));
/** Lines a copy may print between the evaluation and the save (a sample, the time it took). */
const WINDOW_LINES = 3;

const EVALUATED = /^(\d{1,12}): train loss (.{1,100})$/;
const ITERATION = /^(\d{1,12}): (loss .{1,200})$/;

function evaluated(rest: string, context: LogContext): Reading {
  const match = EVALUATED.exec(rest);
  if (match === null) return null;
  const step = printedNumber(match[1]);
  Object.assign(lastEvaluation(context), { step, line: context.line });
  return { kind: 'progress', step, ...readLoss(`loss ${match[2] ?? ''}`) };
}

function iteration(rest: string): Reading {
  const match = ITERATION.exec(rest);
  return match === null
    ? null
    : { kind: 'progress', step: printedNumber(match[1]), loss: readLoss(match[2] ?? '')?.loss };
}

function saved(rest: string, context: LogContext): Reading {
  const path = printedPath(rest, 'allowed');
  const { step, line } = lastEvaluation(context);
  if (path === null || line === -1 || context.line - line > WINDOW_LINES) return null;
  return { kind: 'saved', path, step };
}

/** Many programs say so; here a folder follows, which is one word. */
function resumed(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  if (path === null || /\s/.test(path) || !/^[\w.~][\w./\\~-]*[/\\_-][\w./\\~-]*$|^outs?$/.test(path))
    return null;
  return { kind: 'resumed', role: 'part', path };
}
