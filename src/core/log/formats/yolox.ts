import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * YOLOX. Source: Megvii-BaseDetection/YOLOX 0.3, `core/trainer.py`, `utils/checkpoint.py`; loguru, shown by default.
 * `Save weights to` names the folder, where `latest_ckpt.pth` (and `best_ckpt.pth`, after an evaluation) are overwritten.
 * The iterations are of one epoch.
 */
export const yolox = phraseFormat('yolox', [
  { start: 'Save weights to ', read: saved },
  { start: 'Training start...', read: () => ({ kind: 'train_start' }) },
  { start: 'Training of experiment is done', read: () => ({ kind: 'train_end' }) },
  { start: 'epoch: ', read: progress },
]);

function saved(rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  return path === null ? null : { kind: 'saved', path };
}

function progress(rest: string): Announcement | null {
  const [, epoch, loss] =
    /^(\d{1,9})\/\d{1,9}, iter: \d{1,9}\/\d{1,9}, (?:.{0,200}?total_loss: (\d{1,20}(?:\.\d{1,20})?),)?/.exec(
      rest,
    ) ?? [];
  if (epoch === undefined) return null;
  return { kind: 'progress', epoch: Number(epoch), ...(loss === undefined ? {} : { loss: Number(loss) }) };
}
