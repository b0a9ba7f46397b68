import { type Announcement, numberFirst, phraseFormat, type Reading } from '../log-format.ts';
import { withoutLogPrefix } from '../log-prefix.ts';
import { printedNumber } from '../printed-number.ts';
import { mmengine } from './mmengine.ts';
import type { LogContext } from '../log-context.ts';

/**
 * Progress of MMEngine and mmcv 1 (`runner/log_processor.py`, `runner/hooks/logger/text.py`), and what is glued to the
 * bar of mmcv's evaluation, which ends without a line of its own (`utils/progressbar.py`). Rows of a validation
 * (`Epoch(val)`) are no progress of the training.
 */
export const mmengineProgress = phraseFormat('mmengine-progress', [
  { start: 'Epoch(train)', takesAll: true, read: epochOf },
  { start: 'Epoch [', takesAll: true, read: epochOf },
  { start: 'Iter(train) [', read: stepOf },
  { start: 'Iter [', read: stepOf },
  ...numberFirst(glued, '/'),
]);

const EPOCH = /^Epoch(?: |\(train\)\s{0,4})\[\s{0,8}(\d{1,9})\]\[\s{0,12}\d{1,12}\/\d{1,12}\]/;
const LOSS = /[\s,]loss: (-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)(?=[\s,]|$)/;

function epochOf(message: string): Announcement | null {
  const epoch = EPOCH.exec(message)?.[1];
  return epoch === undefined
    ? null
    : { kind: 'progress', epoch: printedNumber(epoch), loss: lossIn(message) };
}

function stepOf(rest: string): Announcement | null {
  const [, step, total] = /^\s{0,12}(\d{1,15})\/(\d{1,15})\]/.exec(rest) ?? [];
  return step === undefined
    ? null
    : { kind: 'progress', step: printedNumber(step), total: printedNumber(total), loss: lossIn(rest) };
}

function lossIn(rest: string): number | undefined {
  const loss = LOSS.exec(rest)?.[1];
  return loss === undefined ? undefined : printedNumber(loss);
}

const BAR = /^\d{1,12}\/\d{1,12}, [\d.]{1,20} task\/s, elapsed: \d{1,12}s, ETA: {1,8}\d{1,12}s/;

function glued(message: string, context: LogContext): Reading {
  const bar = BAR.exec(message)?.[0];
  if (bar === undefined) return null;
  const rest = withoutLogPrefix(message.slice(bar.length));
  for (const { start, read } of mmengine.phrases ?? []) {
    const reading = rest.startsWith(start) ? read(rest.slice(start.length), context) : null;
    if (reading !== null) return reading;
  }
  return null;
}
