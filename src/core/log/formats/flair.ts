import type { LogContext } from '../log-context.ts';
import { remembers } from '../log-context.ts';
import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Flair's `ModelTrainer`. Its saves name no file; the folder is known from the lines at the start.
 *
 * Source: flairNLP/flair @ d4ea3777, `trainers/trainer.py`, `trainers/plugins/functional/checkpoints.py`, logged by
 * default with the time as prefix; up to 0.11 `saving checkpoint`/`saved checkpoint`. Lines of progress (`epoch 1 - iter
 * 10/100 - loss …`, `EPOCH 1 done: loss …`) are read as free words. Not events: `Testing using best model ...`.
 */
export const flair = phraseFormat('flair', [
  { start: 'Model training base path: ', read: base },
  { start: 'saving best model', read: (rest, context) => bestModel(rest, context) },
  { start: "Saving model at current epoch since 'save_model_each_k_epochs", read: () => ({ kind: 'saved' }) },
  { start: 'saved checkpoint', read: checkpoint },
  { start: 'saving checkpoint', read: checkpoint },
  { start: 'loading file ', read: loaded },
  { start: 'Testing using ', read: () => [] },
  {
    start: 'learning rate too small - quitting training!',
    read: () => ({ kind: 'train_end', role: 'part' }),
  },
  { start: 'Exiting from training early.', read: () => ({ kind: 'train_end', role: 'part' }) },
]);

const folder = remembers((): { path: string | null } => ({ path: null }));

function base(rest: string, context: LogContext): Reading {
  folder(context).path = printedPath(rest, 'allowed');
  return [];
}

function bestModel(rest: string, context: LogContext): Reading {
  if (rest !== '') return null;
  const place = inFolder('best-model.pt', context);
  return [
    { kind: 'best', ...place },
    { kind: 'saved', ...place },
  ];
}

function checkpoint(rest: string, context: LogContext): Reading {
  return rest === '' ? { kind: 'saved', ...inFolder('checkpoint.pt', context) } : null;
}

function inFolder(name: string, context: LogContext): { readonly pathInContext?: string } {
  const { path } = folder(context);
  return path === null ? {} : { pathInContext: `${path}/${name}` };
}

/** The same words load embeddings and taggers of others; only the trainer's own files count. */
function loaded(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  return path !== null &&
    /(?:^|[\\/])(?:best-model|final-model|checkpoint|model_epoch_\d{1,9})\.pt$/.test(path)
    ? { kind: 'loaded', path }
    : [];
}
