import { type Announcement, phraseFormat } from '../log-format.ts';
import { folderOf, numberIn, printedPath, stepOfPath } from '../printed-values.ts';

/**
 * Accelerate's `save_state` and `load_state`.
 *
 * Source: huggingface/accelerate @ 16cb6eb8, `accelerator.py` (`save_state`, `load_state`), `checkpointing.py`
 * (`save_accelerator_state`), and its examples (`Resumed from checkpoint: …`, folders `step_N` and `epoch_N`). All is
 * INFO, so silent unless the script set logging up, but the rotation, a warning that names nothing. Model weights are
 * announced as by transformers. Before 0.20 the parts were "states", in the plural.
 */
export const accelerate = phraseFormat('accelerate', [
  { start: 'Saving current state to ', read: saved },
  { start: 'Optimizer state', read: part },
  { start: 'Scheduler state', read: part },
  { start: 'Sampler state for dataloader ', read: part },
  { start: 'DataLoader state for dataloader ', read: part },
  { start: 'Gradient scaler state saved in ', read: file },
  { start: 'Random states saved in ', read: file },
  { start: 'Loading states from ', read: (rest) => withPath('loaded', rest) },
  { start: 'Resumed from checkpoint: ', read: (rest) => withPath('resumed', rest) },
  { start: 'Deleting ', read: rotated },
]);

function saved(rest: string): Announcement | null {
  const path = printedPath(rest, 'allowed');
  return path === null ? null : { kind: 'saved', path, step: stepOfFolder(path) };
}

function part(rest: string): Announcement | null {
  const label = /^s? saved in |^\d{1,6} saved in /.exec(rest)?.[0];
  return label === undefined ? null : file(rest.slice(label.length));
}

function file(rest: string): Announcement | null {
  const printed = printedPath(rest, 'refused');
  const path = printed === null ? null : folderOf(printed);
  if (printed === null || path === null || !/\.(?:bin|pt|pkl)$/.test(printed)) return null;
  return { kind: 'saved', path, step: stepOfFolder(path), role: 'file', file: printed };
}

function withPath(kind: 'loaded' | 'resumed', rest: string): Announcement | null {
  const path = printedPath(rest, 'allowed');
  if (path === null || /[=:]$|^\w{1,20}=\d/.test(path)) return null;
  return { kind, path, step: stepOfFolder(path), epoch: numberIn(path, /(?:^|[\\/])epoch_(\d{1,9})$/g) };
}

function rotated(rest: string): Announcement | null {
  return /^\d{1,6} checkpoints to make room for new checkpoint\.?$/.test(rest) ? { kind: 'deleted' } : null;
}

const stepOfFolder = (path: string): number | null =>
  stepOfPath(path) ?? numberIn(path, /(?:^|[\\/])step_(\d{1,15})$/g);
