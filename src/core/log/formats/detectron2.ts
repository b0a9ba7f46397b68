import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedNumber } from '../printed-number.ts';
import { numberIn, printedFile } from '../printed-values.ts';

/**
 * detectron2 and fvcore.
 *
 * Source: facebookresearch/detectron2 @ 02b5c4e2, `engine/train_loop.py`, `engine/hooks.py`, `utils/events.py`,
 * `checkpoint/detection_checkpoint.py`; fvcore, `common/checkpoint.py`. Shown when `setup_logger()` was called. The step is
 * in the name (`model_0004999.pth`). What is loaded from an address is pretrained, and no event.
 *
 * Not an event: `Not saving as latest eval score … is not better than best score`.
 */
export const detectron2 = phraseFormat('detectron2', [
  { start: 'Saving checkpoint to ', read: saved },
  { start: 'Loading from ', read: loaded },
  { start: 'Loading checkpoint from ', read: (rest) => loaded(`${rest} ...`) },
  { start: 'Saved first model at ', read: best },
  { start: 'Saved best model as latest eval score for ', read: () => ({ kind: 'best' }) },
  { start: 'Starting training from iteration ', read: started },
  { start: 'eta: ', read: progress },
  { start: 'iter: ', takesAll: true, read: progress },
  { start: 'Overall training speed: ', read: ended },
  { start: 'Total training time: ', read: ended },
]);

function saved(rest: string): Announcement | null {
  const path = printedFile(rest);
  return path === null ? null : { kind: 'saved', path, step: stepOf(path) };
}

function loaded(rest: string): Announcement | null {
  const path = rest.endsWith(' ...') ? printedFile(rest.slice(0, -4)) : null;
  return path === null || !/\.(?:pth|pt|pkl)$/.test(path)
    ? null
    : { kind: 'loaded', path, step: stepOf(path) };
}

function best(rest: string): Announcement | null {
  const step = /^\S{1,40} @ (\d{1,15}) steps$/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'best', step: printedNumber(step) };
}

function started(rest: string): Announcement | null {
  const step = /^(\d{1,15})$/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'train_start', step: printedNumber(step) };
}

const PROGRESS =
  /(?:^| )iter: (\d{1,15}) {1,4}(?:total_loss: (\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)(?= |$))?/;

function progress(rest: string): Announcement | null {
  const [, step, loss] = PROGRESS.exec(rest.slice(0, 200)) ?? [];
  if (step === undefined) return null;
  return {
    kind: 'progress',
    step: printedNumber(step),
    loss: loss === undefined ? undefined : printedNumber(loss),
  };
}

function ended(rest: string): Announcement | null {
  return /^\d/.test(rest) ? { kind: 'train_end', role: 'part' } : null;
}

const stepOf = (path: string): number | null => numberIn(path, /(?:^|[\\/])model_(\d{1,15})\.pth$/g);
