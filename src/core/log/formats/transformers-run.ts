import { type Announcement, phraseFormat } from '../log-format.ts';
import { numberInDict, printedCount } from '../printed-values.ts';

/**
 * Start, resuming and end of a run of the Hugging Face Trainer.
 *
 * Source: transformers 3.0 to 5.23, `trainer.py` (`train`, `_inner_training_loop`, `compare_trainer_and_checkpoint_args`),
 * `trainer_utils.py` (`TrainOutput`). The lines are INFO, except `TrainOutput`, which is the value of `trainer.train()`
 * and so the output of a notebook cell, the dict with `train_runtime`, and the warning about changed arguments.
 * Totals have thousands separators since 4.22. 5.x says "Resuming training from checkpoint with epoch … and global
 * step …" where 4.x printed three "Continuing training from" lines.
 */
export const transformersRun = phraseFormat('transformers-run', [
  { start: '***** Running training *****', read: () => ({ kind: 'train_start', role: 'part' }) },
  { start: 'Total optimization steps = ', read: total },
  { start: 'Continuing training from ', read: continuing },
  { start: 'Resuming training from checkpoint with epoch ', read: resuming },
  {
    start: 'Warning: The following arguments do not match the ones in the `trainer_state.json`',
    read: () => ({ kind: 'resumed', role: 'part' }),
  },
  { start: 'Training completed. Do not forget', read: () => ({ kind: 'train_end', role: 'part' }) },
  { start: "{'train_runtime': ", read: (rest) => ({ kind: 'train_end', role: 'part', ...epochOf(rest) }) },
  { start: 'TrainOutput(global_step=', read: trainOutput },
]);

function total(rest: string): Announcement | null {
  const steps = printedCount(rest);
  return steps === null ? null : { kind: 'train_start', role: 'rest', total: steps };
}

function continuing(rest: string): Announcement | null {
  if (rest.startsWith('checkpoint, will skip to saved global_step')) return { kind: 'resumed', role: 'part' };
  const match = /^(epoch|global step) (\d{1,15})$/.exec(rest);
  if (match === null) return null;
  return { kind: 'resumed', role: 'part', [match[1] === 'epoch' ? 'epoch' : 'step']: Number(match[2]) };
}

function resuming(rest: string): Announcement | null {
  const match = /^(\d{1,15}) and global step (\d{1,15})$/.exec(rest);
  if (match === null) return null;
  return { kind: 'resumed', role: 'part', epoch: Number(match[1]), step: Number(match[2]) };
}

function trainOutput(rest: string): Announcement | null {
  const step = /^\d{1,15}(?=, training_loss=)/.exec(rest)?.[0];
  return step === undefined
    ? null
    : { kind: 'train_end', role: 'part', step: Number(step), ...epochOf(rest) };
}

function epochOf(dict: string): Pick<Announcement, 'epoch'> {
  return { epoch: numberInDict(dict, 'epoch') };
}
