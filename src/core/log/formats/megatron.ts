import { type LogContext, remembers } from '../log-context.ts';
import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Megatron-LM and what is built on it (Megatron-DeepSpeed, GPT-NeoX).
 *
 * Source: NVIDIA/Megatron-LM @ d98e8a64 and 2.x, `training/checkpointing.py`, `training/training.py`; printed by default. The
 * printed path is the folder of all checkpoints; the one that is meant is `iter_{n:07d}` in it.
 *
 * Not an event: `will not load any checkpoints and will start from random`, `could not find the metadata file`.
 */
export const megatron = phraseFormat('megatron', [
  { start: 'saving checkpoint at iteration ', read: saving },
  { start: 'successfully saved checkpoint at iteration ', read: saved },
  { start: 'successfully saved checkpoint from iteration ', read: saved },
  { start: 'loading checkpoint from ', read: loaded },
  { start: 'loading release checkpoint from ', read: () => [] },
  { start: 'successfully loaded checkpoint from ', read: loaded },
  { start: 'training ...', read: (rest) => (rest === '' ? { kind: 'train_start', role: 'part' } : null) },
  {
    start: '[before the start of training step] datetime: ',
    read: () => ({ kind: 'train_start', role: 'part' }),
  },
  { start: '[after training is done] datetime: ', read: () => ({ kind: 'train_end', role: 'part' }) },
  { start: '[exiting program at iteration ', read: exiting },
  { start: 'iteration ', read: progress },
]);

const saves = remembers((): { step: number | null } => ({ step: null }));

/** DeepSpeed, under Megatron, tells of the same save in its own words. */
export const isSavedByMegatron = (context: LogContext, step: number | null): boolean =>
  step !== null && saves(context).step === step;

const SAVE = /^ {0,20}(\d{1,15}) to (.{1,4096}?)(?: in \w{1,40} format)?(?: \[ t .{1,80}\])?$/;

function saving(rest: string, context: LogContext): Announcement | null {
  const [, count, printed = ''] = SAVE.exec(rest) ?? [];
  const path = printedPath(printed, 'allowed');
  if (path === null) return null;
  const step = Number(count);
  saves(context).step = step;
  const pathInContext = `${path.replace(/[\\/]$/, '')}/iter_${String(step).padStart(7, '0')}`;
  return { kind: 'saved', path, step, pathInContext };
}

function saved(rest: string, context: LogContext): Reading {
  const step = /^ {0,20}(\d{1,15}) /.exec(rest)?.[1];
  if (step !== undefined && isSavedByMegatron(context, Number(step))) return [];
  return saving(rest, context);
}

function loaded(rest: string): Announcement | null {
  const [, printed = '', count] =
    /^(.{1,4096}?)(?: \[ t .{1,80}\])? at iteration {1,20}(\d{1,15})$/.exec(rest) ?? [];
  const path = printedPath(printed, 'allowed');
  return path === null ? null : { kind: 'resumed', role: 'part', path, step: Number(count) };
}

function exiting(rest: string): Announcement | null {
  const step = /^ {0,20}(\d{1,15})\b/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'train_end', role: 'part', step: Number(step) };
}

function progress(rest: string): Announcement | null {
  const [, step, total] = /^ {0,20}(\d{1,15})\/ {0,20}(\d{1,15}) \| /.exec(rest) ?? [];
  if (step === undefined) return null;
  const loss = /\| lm loss: (\d{1,20}(?:\.\d{1,20})?(?:E[+-]?\d{1,3})?) \|/.exec(rest)?.[1];
  return {
    kind: 'progress',
    step: Number(step),
    total: Number(total),
    ...(loss === undefined ? {} : { loss: Number(loss) }),
  };
}
