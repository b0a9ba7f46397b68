import { type Announcement, phraseFormat } from '../log-format.ts';
import { folderOf, printedCount, printedPath, printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * Unsloth's start banner, the trace a step checkpoint leaves, and its MLX trainer.
 *
 * Source: unslothai/unsloth @ 015bdef0, `unsloth/models/llama.py` (banner, printed by default), the tokenizer saving
 * that prints "Restored added_tokens_decoder metadata" (warning, by default, in newer versions), and the MLX trainer.
 * Not a start: the banner at model loading, whose first line reads `Unsloth 2024.8: Fast … patching`. Not checkpoints:
 * exports (`Unsloth: Saving model...`, `Merge process complete`).
 */
export const unsloth = phraseFormat('unsloth', [
  { start: '==((====))==', read: banner },
  ...['\\\\', 'O^O/', '\\', '"-____-"'].map((start) => ({ start, read: bannerTotal })),
  { start: 'Unsloth: Restored added_tokens_decoder metadata in ', read: restored },
  { start: 'Unsloth: pruned old checkpoint ', read: (rest) => withPath('deleted', rest) },
  { start: 'Unsloth: ', read: () => [] },
  { start: 'Saved checkpoint to ', read: (rest) => withPath('saved', rest) },
]);

const BANNER = /^\s{1,8}Unsloth - .{0,80}\| Num GPUs/;
const BANNER_TOTAL =
  /(?:Num Epochs = [\d,]{1,30}|Total batch size = [\d,]{1,30}) \| Total steps = ([\d,]{1,30})$/;

function banner(rest: string): Announcement | null {
  return BANNER.test(rest) ? { kind: 'train_start', role: 'part' } : null;
}

function bannerTotal(rest: string): Announcement | null {
  if (!rest.includes('| Total steps = ')) return null;
  const total = printedCount(BANNER_TOTAL.exec(rest)?.[1] ?? '');
  return total === null ? null : { kind: 'train_start', role: 'part', total };
}

/** A tokenizer is also saved alone: only a `checkpoint-N` folder tells of a checkpoint. */
function restored(rest: string): Announcement | null {
  const file = printedPathOfSentence(rest, 'refused');
  const path = file === null ? null : folderOf(file);
  const step = path === null ? null : stepOfPath(path);
  return file === null || step === null ? null : { kind: 'saved', path, step, role: 'file', file };
}

/** Others print the same words with paths of their own, which are read as free words. */
function withPath(kind: 'saved' | 'deleted', rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  const step = path === null ? null : stepOfPath(path);
  return step === null ? null : { kind, path, step };
}
