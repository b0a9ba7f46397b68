import { phraseFormat } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Readers fine-tuned with Haystack 0.x and 1.x. Source: deepset-ai/haystack v1, `nodes/reader/farm.py`
 * (`FARMReader.save`, INFO). The folder holds a finished model, never a step.
 */
export const haystack = phraseFormat('haystack', [
  {
    start: 'Saving reader model to ',
    read: (rest) => {
      const path = printedPath(rest, 'allowed');
      return path === null ? null : { kind: 'saved', path };
    },
  },
]);
