import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import { type LogFormat, numberFirst, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * spaCy's `train` command. The best pipeline is saved without a word; only the end tells of a save, in two lines with the
 * path in the second.
 *
 * Source: explosion/spaCy @ f69c32f7 (3.8), `training/loop.py`, `training/loggers.py`, `cli/train.py`, by default; 2.x
 * said `Saved model to output directory`, `Created best model`. Not a save: `ℹ Saving to output directory: {dir}`.
 */
export const spacy: LogFormat = {
  name: 'spacy',
  phrases: [
    { start: '=', read: (rest) => (BANNER.test(rest) ? { kind: 'train_start' } : null) },
    { start: 'ℹ Saving to output directory: ', read: () => [] },
    { start: 'Saving to output directory: ', read: () => [] },
    { start: '✔ Saved pipeline to output directory', read: saved },
    { start: '✔ Saved model to output directory', read: saved },
    { start: '✔ Created best model', read: saved },
    { start: 'E    #', read: table },
    ...numberFirst(row, ' '),
  ],
  anywhere: { literal: 'model-', read: path },
};

const BANNER = /^={1,120} Training pipeline ={1,120}$/;

const memory = remembers(() => ({ pathLine: -1, inTable: false }));

function saved(rest: string, context: LogContext): Reading {
  memory(context).pathLine = context.line + 1;
  memory(context).inTable = false;
  return rest === '' ? { kind: 'saved', role: 'part' } : null;
}

function path(text: string, context: LogContext): Reading {
  if (memory(context).pathLine !== context.line) return null;
  const found = printedPath(text, 'allowed');
  return found === null ? null : { kind: 'saved', role: 'rest', path: found };
}

function table(rest: string, context: LogContext): Reading {
  if (!/\bLOSS\b.{0,200}\bSCORE$/.test(rest)) return null;
  memory(context).inTable = true;
  return [];
}

function row(message: string, context: LogContext): Reading {
  const match = memory(context).inTable
    ? /^(\d{1,9})\s{1,12}(\d{1,12})\s{1,12}[-\d.]{1,20}[\s\d.-]{0,300}$/.exec(message)
    : null;
  return match === null ? null : { kind: 'progress', epoch: Number(match[1]), step: Number(match[2]) };
}
