import { phraseFormat } from '../log-format.ts';
import { printedPathOfSentence, stepOfPath } from '../printed-values.ts';

/**
 * TRL's scripts; while training they print what the Hugging Face Trainer prints.
 *
 * Source: huggingface/trl @ f2cd5771, `trl/scripts/sft.py` (`💾 Model saved to {output_dir}.`, printed by default).
 */
export const trl = phraseFormat('trl', [
  {
    start: '💾 Model saved to ',
    read: (rest) => {
      const path = printedPathOfSentence(rest, 'allowed');
      return path === null ? null : { kind: 'saved', path, step: stepOfPath(path) };
    },
  },
]);
