import { type Announcement, phraseFormat } from '../log-format.ts';
import { printedFile, printedFileOfSentence } from '../printed-values.ts';

/**
 * MONAI's handlers for Ignite. Source: Project-MONAI/MONAI 1.x, `handlers/checkpoint_loader.py`,
 * `handlers/checkpoint_saver.py`; INFO, shown where the script set logging up, with the name of the engine before it.
 */
export const monaiHandlers = phraseFormat('monai-handlers', [
  { start: 'Restored all variables from ', read: (rest) => withFile('loaded', rest) },
  { start: 'Train completed, saved final checkpoint: ', read: (rest) => withFile('saved', rest) },
  { start: 'Exception raised, saved the last checkpoint: ', read: (rest) => withFile('saved', rest) },
  { start: 'Saved checkpoint at ', read: saved },
]);

function withFile(kind: 'loaded' | 'saved', rest: string): Announcement | null {
  const path = printedFile(rest) ?? printedFileOfSentence(rest);
  return path === null ? null : { kind, path };
}

function saved(rest: string): Announcement | null {
  const [, unit, count] = /^(epoch|iteration): (\d{1,15})$/.exec(rest) ?? [];
  if (count === undefined) return null;
  return unit === 'epoch' ? { kind: 'saved', epoch: Number(count) } : { kind: 'saved', step: Number(count) };
}
