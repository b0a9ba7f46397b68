import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';
import { printedFile } from '../printed-values.ts';

/**
 * fairseq.
 *
 * Source: facebookresearch/fairseq @ 3d262bb2 (0.12) and 0.8 to 0.10, `checkpoint_utils.py`, `trainer.py`,
 * `fairseq_cli/train.py`, `logging/progress_bar.py`. The command line sets INFO, so all is shown. A save is announced
 * with its numbers, then with its absolute path, then as finished, then with the path as given and the numbers again: one
 * event. 0.8 prints only the last, with a small letter and a bar before it. Deletion is silent.
 *
 * Not an event: `Preparing to load checkpoint`, `No existing checkpoint found`, `end of epoch`.
 */
export const fairseq = phraseFormat('fairseq', [
  { start: 'Preparing to save checkpoint for epoch ', read: preparing },
  { start: 'Saving checkpoint to ', read: saving },
  { start: 'Finished saving checkpoint to ', read: () => ({ kind: 'saved', role: 'rest' }) },
  { start: 'Saved checkpoint ', read: (rest) => numbered('saved', rest) },
  { start: 'saved checkpoint ', read: (rest) => numbered('saved', rest) },
  { start: 'Loaded checkpoint ', read: (rest) => numbered('resumed', rest) },
  { start: 'loaded checkpoint ', read: (rest) => numbered('resumed', rest) },
  { start: 'begin training epoch ', read: begin },
  { start: 'done training in ', read: () => ({ kind: 'train_end' }) },
  { start: 'epoch ', read: progress },
]);

const memory = remembers(() => ({ preparedAt: -1, step: 0, epoch: 0, hasBegun: false }));
/** The path follows its numbers at once; another process may print in between. */
const PREPARED_LINES = 8;

function preparing(rest: string, context: LogContext): Announcement | null {
  const [, epoch, step] = /^(\d{1,9}) @ (\d{1,15}) updates$/.exec(rest) ?? [];
  if (epoch === undefined) return null;
  const numbers = { step: printedNumber(step), epoch: printedNumber(epoch) };
  Object.assign(memory(context), numbers, { preparedAt: context.line });
  return { kind: 'saved', role: 'part', ...numbers };
}

function saving(rest: string, context: LogContext): Announcement | null {
  const { preparedAt, step, epoch } = memory(context);
  const path = printedFile(rest);
  if (path === null || preparedAt === -1 || context.line - preparedAt > PREPARED_LINES) return null;
  return { kind: 'saved', role: 'part', path, step, epoch };
}

function numbered(kind: 'saved' | 'resumed', rest: string): Announcement | null {
  const [numbers, epoch, step] = / \(epoch (\d{1,9}) @ (\d{1,15}) updates\b/.exec(rest) ?? [];
  const path = numbers === undefined ? null : printedFile(rest.slice(0, rest.indexOf(numbers)));
  if (path === null) return null;
  return { kind, role: 'part', path, step: printedNumber(step), epoch: printedNumber(epoch) };
}

/** Printed at every epoch: the first is the start of the run. */
function begin(rest: string, context: LogContext): Announcement | null {
  const epoch = /^(\d{1,9})$/.exec(rest)?.[1];
  const known = memory(context);
  if (epoch === undefined || known.hasBegun) return null;
  known.hasBegun = true;
  return { kind: 'train_start', epoch: printedNumber(epoch) };
}

const NUMBERS = /^(\d{3,9})( \| |: {1,8}\d{1,9} \/ \d{1,9} )/;
const STEP = /[ ,]num_updates=(\d{1,15})\b/;
const LOSS = /loss[ =](\d{1,20}(?:\.\d{1,20})?)(?=[, ]|$)/y;

/** What a validation prints has its name behind the epoch, and its loss is another. */
function progress(rest: string): Announcement | null {
  const match = NUMBERS.exec(rest);
  if (match === null) return null;
  const step = match[2] === ' | ' ? undefined : STEP.exec(rest)?.[1];
  LOSS.lastIndex = match[0].length;
  const loss = LOSS.exec(rest)?.[1];
  return {
    kind: 'progress',
    epoch: printedNumber(match[1]),
    step: step === undefined ? null : printedNumber(step),
    loss: loss === undefined ? undefined : printedNumber(loss),
  };
}
