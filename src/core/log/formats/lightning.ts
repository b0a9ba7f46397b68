import { type Announcement, phraseFormat, type Reading } from '../log-format.ts';
import { numberIn, printedFile, printedPath } from '../printed-values.ts';

/**
 * PyTorch Lightning.
 *
 * Source: Lightning-AI/pytorch-lightning 1.0 to 2.6.5, `callbacks/model_checkpoint.py` (only with `verbose=True`: saving
 * is silent by default, and deleting always), `callbacks/early_stopping.py`,
 * `trainer/connectors/checkpoint_connector.py` and `loops/fit_loop.py` (shown by default). 1.0 names neither the step
 * nor quotes the path, 1.3 to 1.5 quote it with `"`, later ones with `'`. The bars are tqdm's.
 *
 * Not an event: what the learning-rate finder and the batch-size scaler put aside and restore (`.lr_find_….ckpt`),
 * `… was not in top k`, `Metric … improved` (nothing is saved by it), `Checkpoint directory … exists and is not empty.`
 */
export const lightning = phraseFormat('lightning', [
  { start: 'Epoch ', isBeforeNumber: true, read: verboseSave },
  { start: 'Restoring states from the checkpoint path at ', read: restored },
  { start: 'Restoring states from the checkpoint file at ', read: restored },
  { start: 'Restored all states from the checkpoint at ', read: restored },
  { start: 'Restored all states from the checkpoint file at ', read: restored },
  { start: 'Loaded model weights from the checkpoint at ', read: loaded },
  { start: 'Loaded model weights from checkpoint at ', read: loaded },
  { start: '`Trainer.fit` stopped: ', read: stopped },
  { start: 'Trainer.fit stopped: ', read: stopped },
  { start: 'Monitored metric ', read: stoppedEarly },
  { start: 'Detected KeyboardInterrupt, attempting graceful shutdown', read: () => ({ kind: 'train_end' }) },
]);

const VERBOSE_SAVE =
  /^(\d{1,9})(?:, global step (\d{1,15}))?: .{1,200}? reached (\S{1,40}) \(best (\S{1,40})\), saving model to (.+) as top \d{1,9}$/;

function verboseSave(rest: string): Reading {
  if (!rest.includes(', saving model to ')) return null;
  const [, epoch, step, value, best, printed = ''] = VERBOSE_SAVE.exec(rest) ?? [];
  const path = printedPath(printed, 'allowed');
  if (path === null) return null;
  const at = {
    path,
    step: step === undefined ? numberIn(path, STEP) : Number(step),
    epoch: Number(epoch),
  };
  const saved = { kind: 'saved', ...at } as const;
  return value === best ? [{ kind: 'best', ...at }, saved] : saved;
}

function restored(rest: string): Reading {
  const path = printedFile(rest);
  if (path === null) return null;
  return isPutAside(path) ? [] : { kind: 'resumed', role: 'part', ...named(path) };
}

function loaded(rest: string): Reading {
  const path = printedFile(rest);
  if (path === null) return null;
  return isPutAside(path) ? [] : { kind: 'loaded', ...named(path) };
}

function stopped(rest: string): Announcement | null {
  const [, unit, count] = /^`?max_(epochs|steps)=(\d{1,15})`? reached/.exec(rest) ?? [];
  if (unit === 'epochs') return { kind: 'train_end', epoch: Number(count) };
  if (unit === 'steps') return { kind: 'train_end', step: Number(count) };
  return rest.endsWith('.') ? { kind: 'train_end' } : null;
}

function stoppedEarly(rest: string): Announcement | null {
  return rest.endsWith('Signaling Trainer to stop.') ? { kind: 'train_end' } : null;
}

const isPutAside = (path: string): boolean => /(?:^|[\\/])\.(?:lr_find|scale_batch_size)_/.test(path);

const STEP = /(?:^|[-_\\/])step=(\d{1,15})/g;

/** The numbers in a name are the run's own: `epoch=35-step=6299.ckpt`. */
function named(path: string): Pick<Announcement, 'path' | 'step' | 'epoch'> {
  return { path, step: numberIn(path, STEP), epoch: numberIn(path, /(?:^|[-_\\/])epoch=(\d{1,9})/g) };
}
