import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedPath, printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * LLaMA-Factory, on top of the Hugging Face Trainer's lines, which its command line makes visible.
 *
 * Source: hiyouga/LLaMA-Factory, `src/llamafactory/hparams/parser.py:627` (resuming from the last checkpoint of a
 * non-empty output folder) and `v1/core/utils/checkpoint.py` (its own trainer).
 */
export const llamaFactory = phraseFormat('llama-factory', [
  { start: 'Resuming training from ', read: resuming },
  { start: 'Resumed from checkpoint: step=', read: resumed },
  { start: 'Checkpoint saved to ', read: (rest) => withPath('saved', rest) },
  { start: 'Deleted old checkpoint: ', read: (rest) => withPath('deleted', rest) },
]);

function resuming(rest: string): Announcement | null {
  const path = printedPathOfSentence(rest, 'refused');
  return path === null ? null : { kind: 'resumed', role: 'part', path, step: stepOfPath(path) };
}

function resumed(rest: string): Announcement | null {
  const match = /^(\d{1,15}), epoch=(\d{1,15})$/.exec(rest);
  return match === null
    ? null
    : { kind: 'resumed', role: 'part', step: Number(match[1]), epoch: Number(match[2]) };
}

/** Others print the same words with paths of their own, which are read as free words. */
function withPath(kind: 'saved' | 'deleted', rest: string): Announcement | null {
  const path = printedPath(rest, 'refused');
  const step = path === null ? null : stepOfPath(path);
  return step === null ? null : { kind, path, step };
}
