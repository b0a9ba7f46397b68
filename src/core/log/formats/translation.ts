import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * OpenNMT-py and JoeyNMT.
 *
 * Source: OpenNMT/OpenNMT-py @ 97111d97 (3.5.1), `onmt/models/model_saver.py`, `onmt/trainer.py`,
 * `onmt/utils/earlystopping.py`, `onmt/utils/statistics.py`; joeynmt 1.3 to 2.3, `training.py`, `helpers.py`; both
 * logged by default. JoeyNMT names no file where it saves; its step counts through all epochs. Deleting is silent in
 * OpenNMT-py. Not events: `Decreasing patience: 3/4`.
 */
export const translation = phraseFormat('translation', [
  { start: 'Saving checkpoint ', read: (rest) => checkpoint('saved', rest) },
  { start: 'Loading checkpoint from ', read: (rest) => checkpoint('loaded', rest) },
  { start: 'Starting training on ', read: (rest) => (/^(?:GPU|CPU)/.test(rest) ? started() : null) },
  { start: 'Start training loop ', read: started },
  { start: 'Step ', read: openNmtStep },
  { start: 'Model is improving ', read: () => ({ kind: 'best' }) },
  { start: 'Best model found at step ', read: bestAt },
  { start: 'Hooray! New best validation result', read: () => ({ kind: 'best' }) },
  { start: 'Saving new checkpoint.', read: () => ({ kind: 'saved' }) },
  { start: 'delete ', read: (rest) => joeyFile('deleted', rest) },
  { start: 'Loading model from ', read: (rest) => joeyFile('loaded', rest) },
  { start: 'Epoch ', read: joeyStep },
]);

function started(): Reading {
  return { kind: 'train_start', role: 'part' };
}

function checkpoint(kind: 'saved' | 'loaded', rest: string): Reading {
  const path = printedPath(rest, 'refused') ?? (/^\S{1,300}_step_\d{1,12}\.pt$/.test(rest) ? rest : null);
  const step = /_step_(\d{1,12})\.pt$/.exec(path ?? '')?.[1];
  return path === null || step === undefined ? null : { kind, path, step: Number(step) };
}

function openNmtStep(rest: string): Reading {
  const match = /^\s{0,12}(\d{1,12})\/\s{0,12}(\d{1,12}); /.exec(rest);
  return match === null ? null : { kind: 'progress', step: Number(match[1]), total: Number(match[2]) };
}

function bestAt(rest: string): Reading {
  return /^\d{1,12}$/.test(rest) ? { kind: 'best', step: Number(rest) } : null;
}

function joeyFile(kind: 'deleted' | 'loaded', rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  if (path === null || !path.endsWith('.ckpt')) return null;
  const step = /(?:^|[\\/])(\d{1,12})\.ckpt$/.exec(path)?.[1];
  return { kind, path, ...(step === undefined ? {} : { step: Number(step) }) };
}

/** `Epoch   1, Step:      100, Batch Loss:     4.1, …`. */
function joeyStep(rest: string): Reading {
  const match =
    /^\s{0,8}(\d{1,6}),? Step:\s{1,12}(\d{1,12}), Batch Loss:\s{1,12}(\d{1,9}(?:\.\d{1,9})?)/.exec(rest);
  return match === null
    ? null
    : { kind: 'progress', epoch: Number(match[1]), step: Number(match[2]), loss: Number(match[3]) };
}
