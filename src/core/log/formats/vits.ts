import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import { phraseFormat, type Reading } from '../log-format.ts';
import { folderOf, printedPath } from '../printed-values.ts';

/**
 * VITS and what grew from it (so-vits-svc, its fork, RVC), Tacotron 2 and WaveGlow. Generator and discriminator are saved,
 * and loaded, as two files in two lines; they are one checkpoint, told at the first.
 *
 * Source: jaywalnut310/vits, svc-develop-team/so-vits-svc @ 730930d (`utils.py`, `train.py`, `diffusion/`),
 * RVC-Project WebUI @ 4338f12 (`train/utils.py`, `train/train.py`), NVIDIA/tacotron2; by default. In files named
 * `G_{step}.pth` the "iteration" of the line is the epoch; in `checkpoint_1000` it is the step. RVC's number 2333333 only
 * says that one file is overwritten. Lines of progress (`Train Epoch: 1 [0%]`, `====> Epoch: 3, cost 21.5 s`) and the
 * diffusion model's (`[*] model checkpoint saved: …`) are read as free words. Not an event: `No checkpoint found. Start
 * from scratch.`
 */
export const vits = phraseFormat('vits', [
  { start: 'Saving model and optimizer state at ', read: saved },
  { start: "Loaded checkpoint '", read: loaded },
  { start: '.. Free up space by deleting ckpt ', read: deleted },
  { start: 'Removing ', read: (rest) => (PAIR.test(rest) ? deleted(rest) : null) },
  { start: 'Losses: [', read: losses },
  { start: 'Train loss ', read: trainLoss },
  { start: 'saving ckpt ', read: smallModel },
  { start: 'No checkpoint found. Start from scratch', read: () => [] },
]);

const PAIR = /(?:^|[\\/])(?:G|D|DUR|WD)_(\d{1,12})\.pth$/;
const NUMBERED = /(?:^|[\\/])[A-Za-z]{1,30}_(\d{1,12})$/;
const OVERWRITTEN = 2333333;

const lastPair = remembers((): { key: string | null; line: number } => ({ key: null, line: 0 }));

/** True for the second file of a pair. */
function isSecond(kind: string, path: string, context: LogContext): boolean {
  const pair = PAIR.exec(path)?.[1];
  if (pair === undefined) return false;
  const last = lastPair(context);
  const key = `${kind} ${folderOf(path) ?? ''} ${pair}`;
  const isSame = last.key === key && context.line - last.line <= 4 && !/(?:^|[\\/])G_/.test(path);
  Object.assign(last, { key, line: context.line });
  return isSame;
}

function saved(rest: string, context: LogContext): Reading {
  const match = /^(iteration|epoch|step) (\d{1,12}) to (.{1,4096})$/.exec(rest);
  const path = printedPath(match?.[3] ?? '', 'allowed');
  if (match === null || path === null) return null;
  if (isSecond('saved', path, context)) return [];
  return { kind: 'saved', path, ...numbersOf(path, match[1] ?? '', Number(match[2])) };
}

function loaded(rest: string, context: LogContext): Reading {
  const match = /^([^']{1,4096})' \((iteration|epoch|step) (\d{1,12})\)$/.exec(rest);
  if (match === null) return null;
  const path = match[1] ?? '';
  if (isSecond('loaded', path, context)) return [];
  return { kind: 'loaded', path, ...numbersOf(path, match[2] ?? '', Number(match[3])) };
}

function numbersOf(
  path: string,
  unit: string,
  count: number,
): { readonly step?: number; readonly epoch?: number } {
  const pair = PAIR.exec(path)?.[1];
  const isEpoch = unit === 'epoch' || (pair !== undefined && unit === 'iteration');
  const step = Number(pair ?? NUMBERED.exec(path)?.[1] ?? (isEpoch ? NaN : count));
  return {
    ...(Number.isNaN(step) || step === OVERWRITTEN ? {} : { step }),
    ...(isEpoch ? { epoch: count } : {}),
  };
}

function deleted(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  const step = PAIR.exec(path ?? '')?.[1];
  return path === null
    ? null
    : { kind: 'deleted', path, ...(step === undefined ? {} : { step: Number(step) }) };
}

function losses(rest: string): Reading {
  const step = /\], step: (\d{1,12})(?:,|$)/.exec(rest.slice(0, 1000))?.[1];
  return step === undefined ? null : { kind: 'progress', step: Number(step) };
}

/** Tacotron 2: `Train loss 1000 0.412 Grad Norm 0.5 1.2s/it`. */
function trainLoss(rest: string): Reading {
  const match = /^(\d{1,12}) (\d{1,9}(?:\.\d{1,20})?) Grad Norm /.exec(rest);
  return match === null ? null : { kind: 'progress', step: Number(match[1]), loss: Number(match[2]) };
}

/** RVC's small model for inference: `saving ckpt voice_e20:Success.` */
function smallModel(rest: string): Reading {
  const epoch = /_e(\d{1,9})(?:_s\d{1,12})?:/.exec(rest.slice(0, 300))?.[1];
  return epoch === undefined ? null : { kind: 'saved', epoch: Number(epoch) };
}
