import { type Announcement, numberFirst, phraseFormat, type Reading } from '../log-format.ts';
import { withoutLogPrefix } from '../log-prefix.ts';
import { mmengine } from './mmengine.ts';
import type { LogContext } from '../log-context.ts';

/**
 * Progress of MMEngine and mmcv 1 (`runner/log_processor.py`, `runner/hooks/logger/text.py`), and what is glued to the
 * bar of mmcv's evaluation, which ends without a line of its own (`utils/progressbar.py`). Rows of a validation
 * (`Epoch(val)`) are no progress of the training.
 */
export const mmengineProgress = phraseFormat('mmengine-progress', [
  { start: 'Epoch(train)', read: epochOf },
  { start: 'Epoch [', read: (rest) => epochOf(`[${rest}`) },
  { start: 'Iter(train) [', read: stepOf },
  { start: 'Iter [', read: stepOf },
  ...numberFirst(glued, '/'),
]);

function epochOf(rest: string): Announcement | null {
  const epoch = /^\s{0,4}\[\s{0,8}(\d{1,9})\]\[\s{0,12}\d{1,12}\/\d{1,12}\]/.exec(rest)?.[1];
  return epoch === undefined ? null : { kind: 'progress', epoch: Number(epoch), ...lossIn(rest) };
}

function stepOf(rest: string): Announcement | null {
  const [, step, total] = /^\s{0,12}(\d{1,15})\/(\d{1,15})\]/.exec(rest) ?? [];
  return step === undefined
    ? null
    : { kind: 'progress', step: Number(step), total: Number(total), ...lossIn(rest) };
}

function lossIn(rest: string): Pick<Announcement, 'loss'> {
  const loss = /[\s,]loss: (-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)(?=[\s,]|$)/.exec(rest)?.[1];
  return loss === undefined ? {} : { loss: Number(loss) };
}

const BAR = /^\d{1,12}\/\d{1,12}, [\d.]{1,20} task\/s, elapsed: \d{1,12}s, ETA: {1,8}\d{1,12}s/;

function glued(message: string, context: LogContext): Reading {
  const bar = message.includes(' task/s, elapsed: ') ? BAR.exec(message)?.[0] : undefined;
  if (bar === undefined) return null;
  const rest = withoutLogPrefix(message.slice(bar.length));
  for (const { start, read } of mmengine.phrases ?? []) {
    const reading = rest.startsWith(start) ? read(rest.slice(start.length), context) : null;
    if (reading !== null) return reading;
  }
  return null;
}
