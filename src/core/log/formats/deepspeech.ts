import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Mozilla's DeepSpeech and Coqui STT, whose messages begin with the letter of their level.
 *
 * Source: mozilla/DeepSpeech 0.6 to 0.9, `training/deepspeech_training/train.py`, `util/checkpoints.py`, by default. The
 * rows of its bar (`Epoch 0 |   Training | … | Loss: 12.3`) are read as free words. Checkpoints by time are saved silently.
 */
export const deepspeech = phraseFormat('deepspeech', [
  { start: 'I STARTING Optimization', read: () => ({ kind: 'train_start', role: 'part' }) },
  { start: 'I Finished training epoch ', read: epoch },
  { start: 'I Saved new best validating model with loss ', read: best },
  { start: 'I Loading best validating checkpoint from ', read: loaded },
  { start: 'I Loading most recent checkpoint from ', read: loaded },
  { start: 'I Early stop triggered ', read: () => ({ kind: 'train_end', role: 'part' }) },
  { start: 'I FINISHED optimization in ', read: () => ({ kind: 'train_end', role: 'part' }) },
]);

function epoch(rest: string): Reading {
  const match = /^(\d{1,9}) - loss: (\d{1,9}(?:\.\d{1,20})?)/.exec(rest);
  return match === null ? null : { kind: 'progress', epoch: Number(match[1]), loss: Number(match[2]) };
}

function best(rest: string): Reading {
  const path = printedPath(/^[\d.]{1,30} to: (.{1,4096})$/.exec(rest)?.[1] ?? '', 'allowed');
  return path === null
    ? null
    : [
        { kind: 'best', path },
        { kind: 'saved', path },
      ];
}

function loaded(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  return path === null ? null : { kind: 'loaded', path };
}
