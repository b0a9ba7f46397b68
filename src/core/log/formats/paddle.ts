import { readLoss } from '../free-words/loss.ts';
import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * PaddleOCR, PaddleClas, PaddleDetection and PaddleSeg.
 *
 * Source: PaddlePaddle/PaddleOCR, `ppocr/utils/save_load.py`, `tools/program.py`; PaddleClas, `ppcls/utils/save_load.py`;
 * PaddleDetection, `ppdet/utils/checkpoint.py`; PaddleSeg, `paddleseg/core/train.py`; all by default, with the prefix
 * `[2022/08/08 16:28:51] ppocr INFO: `. Not saves: PaddleX' `Already save model info in …`, `best metric, …`.
 */
export const paddle = phraseFormat('paddle', [
  { start: 'save model in ', read: (rest) => saved(rest) },
  { start: 'Already save model in ', read: (rest) => saved(rest) },
  { start: 'Already save model info in ', read: () => [] },
  { start: 'Save checkpoint: ', read: (rest) => saved(rest) },
  { start: 'save best model is to ', read: best },
  { start: 'best metric, ', read: () => [] },
  { start: 'resume from ', read: resumed },
  { start: 'epoch: [', read: progress },
  { start: 'epoch: ', read: segProgress },
  { start: 'The model with the best validation mIoU (', read: segBest },
]);

function saved(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  return path === null ? null : { kind: 'saved', path, ...epochIn(path) };
}

/** `iter_epoch_270` is an epoch. */
function epochIn(path: string): { readonly epoch?: number; readonly step?: number } {
  const epoch = /iter_epoch_(\d{1,9})$/.exec(path)?.[1];
  return epoch === undefined ? {} : { epoch: Number(epoch) };
}

function best(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  return path === null
    ? null
    : [
        { kind: 'best', path },
        { kind: 'saved', path },
      ];
}

function resumed(rest: string): Reading {
  const path = printedPath(rest, 'refused');
  return path === null ? null : { kind: 'resumed', path, ...epochIn(path) };
}

function progress(rest: string): Reading {
  const match = /^(\d{1,9})\/\d{1,9}\], (?:global_step|iter): (\d{1,12}), (.{0,1000})/.exec(rest);
  return match === null
    ? null
    : { kind: 'progress', epoch: Number(match[1]), step: Number(match[2]), ...readLoss(match[3] ?? '') };
}

function segProgress(rest: string): Reading {
  const match = /^(\d{1,9}), iter: (\d{1,12})\/(\d{1,12}), (.{0,1000})/.exec(rest);
  if (match === null) return null;
  const [, epoch, step, total, figures = ''] = match;
  return {
    kind: 'progress',
    epoch: Number(epoch),
    step: Number(step),
    total: Number(total),
    ...readLoss(figures),
  };
}

function segBest(rest: string): Reading {
  const step = /^[\d.]{1,20}\) was saved at iter (\d{1,12})/.exec(rest)?.[1];
  return step === undefined
    ? null
    : [
        { kind: 'best', step: Number(step) },
        { kind: 'saved', step: Number(step) },
      ];
}
