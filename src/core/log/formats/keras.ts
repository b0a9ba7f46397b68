import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, numberFirst, phraseFormat, type Reading } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Keras 2 and 3, tf.keras.
 *
 * Source: keras-team/keras 2.0 to 3.15, `callbacks/model_checkpoint.py` and `callbacks/early_stopping.py` (both only with
 * `verbose=1`: saving is silent by default, BackupAndRestore always) and `utils/progbar.py`. Up to 2.7 the epoch has
 * five digits. A bar counts the batches of one epoch, so it gives the epoch above it and no step; bars that no epoch
 * stands above are of `evaluate` or `predict`.
 *
 * Not an event: `Restoring model weights from the end of the best epoch` (no file has part in it),
 * `ReduceLROnPlateau …`, `Assets written to …` (an export).
 */
export const keras = phraseFormat('keras', [
  { start: 'Epoch ', isBeforeNumber: true, read: readEpoch },
  ...numberFirst(bar, '/'),
]);

const epochs = remembers(() => ({ epoch: 0, isOpen: false, finishedAt: -1 }));

const IMPROVED = /^\S{1,200} improved from \S{1,40} to \S{1,40}, saving model to (.+)$/;

function readEpoch(rest: string, context: LogContext): Reading {
  const begun = /^(\d{1,9})\/\d{1,9}$/.exec(rest)?.[1];
  if (begun !== undefined) {
    Object.assign(epochs(context), { epoch: printedNumber(begun), isOpen: true, finishedAt: -1 });
    return { kind: 'progress', epoch: printedNumber(begun) };
  }
  const [prefix = '', number] = /^(\d{1,9}): /.exec(rest) ?? [];
  const reading = number === undefined ? null : said(rest.slice(prefix.length), printedNumber(number));
  // What is drawn after the end is an evaluation.
  if (reading !== null && 'kind' in reading && reading.kind === 'train_end') epochs(context).isOpen = false;
  return reading;
}

function said(message: string, epoch: number): Reading {
  const [, better] = IMPROVED.exec(message) ?? [];
  const kept = better ?? (message.startsWith('saving model to ') ? message.slice(16) : null);
  const path = kept === null ? null : printedPath(kept, 'allowed');
  if (path !== null) {
    const saved = { kind: 'saved', path, epoch } as const;
    return better === undefined ? saved : [{ kind: 'best', path, epoch }, saved];
  }
  if (message === 'early stopping') return { kind: 'train_end', epoch };
  return /^\S{1,200} did not improve(?: from \S{1,40})?$/.test(message) ? { kind: 'progress', epoch } : null;
}

const BAR = /^(\d{1,9})\/(\d{1,9}|Unknown) (?:\[[=>.]{1,120}\]|[━╸╺ ]{1,120}|\d{1,9}s|-)/;

function bar(message: string, context: LogContext): Reading {
  const [, done, total] = BAR.exec(message) ?? [];
  if (done === undefined) return null;
  const drawn = progress(message, done === total, context);
  const said = glued(message);
  if (said.length === 0) return drawn;
  return drawn === null ? said : [drawn, ...said];
}

function progress(message: string, isDone: boolean, context: LogContext): Announcement | null {
  const memory = epochs(context);
  if (!memory.isOpen && memory.finishedAt !== context.line) return null;
  if (isDone) Object.assign(memory, { isOpen: false, finishedAt: context.line });
  const loss = /- loss: (-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)(?= |$)/.exec(message)?.[1];
  return {
    kind: 'progress',
    epoch: memory.epoch,
    loss: loss === undefined ? undefined : printedNumber(loss),
  };
}

/** Older versions end the bar of an epoch after the callbacks have had their say. */
function glued(message: string): readonly Announcement[] {
  const at = message.indexOf('Epoch ');
  const [prefix = '', number] = at === -1 ? [] : (/^Epoch (\d{1,9}): /.exec(message.slice(at)) ?? []);
  const reading =
    number === undefined ? null : said(message.slice(at + prefix.length), printedNumber(number));
  return reading === null ? [] : 'kind' in reading ? [reading] : reading;
}
