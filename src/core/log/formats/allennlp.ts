import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * AllenNLP's `train` command.
 *
 * Source: allenai/allennlp v0.9, v1.3, 2.10, `training/checkpointer.py`, `training/trainer.py`, `models/archival.py`,
 * logged by default with the prefix `2020-05-01 12:00:00,000 - INFO - allennlp.training.trainer - `. From 2.3 on saving
 * is silent. `Epoch 0/39` is read as free words. Not events: `Epoch duration: …`, metrics.
 */
export const allennlp = phraseFormat('allennlp', [
  { start: 'Best validation performance so far. Copying weights to ', read: best },
  { start: 'loading best weights', read: (rest) => (/^\.{0,3}$/.test(rest) ? { kind: 'loaded' } : null) },
  { start: 'Beginning training.', read: () => ({ kind: 'train_start', role: 'part' }) },
  { start: 'Ran out of patience.', read: () => ({ kind: 'train_end', role: 'part' }) },
  { start: 'archiving weights and vocabulary to ', read: archived },
  { start: 'Epoch duration: ', read: () => [] },
]);

function best(rest: string): Reading {
  const path = printedPath(rest.replace(/\.$/, ''), 'allowed');
  if (path === null) return null;
  return [
    { kind: 'best', path },
    { kind: 'saved', path },
  ];
}

function archived(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  return path === null ? null : { kind: 'saved', path };
}
