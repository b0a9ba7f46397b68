import { phraseFormat, type Reading } from '../log-format.ts';

/**
 * darkflow, whose lines of progress (`step 345 - loss 103.2 - moving ave loss 103.4`) are read as free words.
 *
 * Source: thtrieu/darkflow, `darkflow/net/flow.py`, by default: `Checkpoint at step 348`.
 */
export const darkflow = phraseFormat('darkflow', [{ start: 'Checkpoint at step ', read: saved }]);

function saved(rest: string): Reading {
  return /^\d{1,12}$/.test(rest) ? { kind: 'saved', step: Number(rest) } : null;
}
