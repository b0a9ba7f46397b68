import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedPath, stepOfPath } from '../printed-values.ts';

/**
 * The training scripts among diffusers' examples, on top of accelerate's lines. They set logging up themselves, so all
 * of this is shown by default.
 *
 * Source: huggingface/diffusers @ 58eb52c0, `examples/dreambooth/train_dreambooth_lora_sdxl.py`. Start and total are
 * printed as by transformers, the bar is tqdm's (`Steps:`). Checkpoints are removed before the next is saved, and named
 * without their folder. Not an event: `Checkpoint '…' does not exist. Starting a new training run.`
 */
export const diffusers = phraseFormat('diffusers', [
  { start: 'Saved state to ', read: saved },
  { start: 'Resuming from checkpoint ', read: resumed },
  { start: 'removing checkpoints: ', read: removed },
]);

/** `save_state` has told of it before where accelerate's own lines are shown. */
function saved(rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  return path === null ? null : { kind: 'saved', path, step: stepOfPath(path), role: 'file', file: '' };
}

function resumed(rest: string): Announcement | null {
  const path = printedPath(rest, 'allowed');
  const step = path === null ? null : stepOfPath(path);
  return step === null ? null : { kind: 'resumed', path, step };
}

function removed(rest: string): readonly Announcement[] | null {
  const names = rest.split(', ').map((name) => printedPath(name, 'refused'));
  const announcements = names.flatMap((path) =>
    path === null ? [] : [{ kind: 'deleted' as const, path, step: stepOfPath(path) }],
  );
  return announcements.length === names.length ? announcements : null;
}
