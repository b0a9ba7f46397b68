import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * Axolotl's command line, on top of the Hugging Face Trainer's lines.
 *
 * Source: axolotl-ai-cloud/axolotl @ 067b021c, `src/axolotl/train.py` (`execute_training`, `save_trained_model`). The
 * `Pre-saving …` lines at the start are configuration, no checkpoint.
 */
export const axolotl = phraseFormat('axolotl', [
  { start: 'Starting trainer...', read: () => ({ kind: 'train_start', role: 'part' }) },
  { start: 'Training completed! Saving trained model to ', read: completed },
  { start: 'Training completed! Saving pre-trained model to ', read: completed },
  { start: 'Model successfully saved to ', read: successfullySaved },
]);

function completed(rest: string): readonly Announcement[] {
  const path = printedPathOfSentence(rest, 'allowed');
  const end = { kind: 'train_end', role: 'part' } as const;
  return path === null ? [end] : [end, { kind: 'saved', path, step: stepOfPath(path) }];
}

/** Printed after the final save whose start `completed` already announced. */
function successfullySaved(rest: string): Announcement | null {
  const path = printedPathOfSentence(rest, 'refused');
  return path === null ? null : { kind: 'saved', path, step: stepOfPath(path), role: 'file', file: path };
}
