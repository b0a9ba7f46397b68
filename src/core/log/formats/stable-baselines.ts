import { phraseFormat, type Reading } from '../log-format.ts';
import { printedPath } from '../printed-values.ts';

/**
 * Stable-Baselines3, whose steps are steps of the environment.
 *
 * Source: DLR-RM/stable-baselines3 @ e05d2dbe (2.8), `common/callbacks.py`: `CheckpointCallback` (only with `verbose=2`),
 * `EvalCallback` (by default; "New best mean reward!" saves only where a folder was given), the callbacks that stop
 * training; `common/logger.py` (the framed table, by default). Not events: the replay buffer and the normalisation that
 * are saved beside the model.
 */
export const stableBaselines = phraseFormat('stable-baselines', [
  { start: 'Saving model checkpoint to ', read: saved },
  { start: 'Saving model replay buffer checkpoint to ', read: () => [] },
  { start: 'Saving model VecNormalize to ', read: () => [] },
  { start: 'Saving model vec normalize to ', read: () => [] },
  { start: 'Eval num_timesteps=', read: evaluated },
  { start: 'New best mean reward!', read: () => ({ kind: 'best' }) },
  { start: 'New best mean reward: ', read: () => ({ kind: 'best' }) },
  { start: 'Stopping training because ', read: () => ({ kind: 'train_end', role: 'part' }) },
  { start: 'Stopping training with a total of ', read: () => ({ kind: 'train_end', role: 'part' }) },
  // The frame at the start is taken for a mark of a logger.
  ...['total_timesteps', 'total timesteps', 'time/total_timesteps', '|'].map((start) => ({
    start,
    read: (rest: string) => row(start + rest),
  })),
]);

function saved(rest: string): Reading {
  const path = printedPath(rest, 'allowed');
  const step = /_(\d{1,15})_steps(?:\.zip)?$/.exec(path ?? '')?.[1];
  return path === null || step === undefined ? null : { kind: 'saved', path, step: Number(step) };
}

function evaluated(rest: string): Reading {
  const step = /^(\d{1,15}), episode_reward=/.exec(rest)?.[1];
  return step === undefined ? null : { kind: 'progress', step: Number(step) };
}

function row(rest: string): Reading {
  const step = /^\|?\s{0,40}(?:time\/)?total[_ ]timesteps\s{0,40}\|\s{0,40}(\d{1,15})\s{0,40}\|$/.exec(
    rest,
  )?.[1];
  return step === undefined ? null : { kind: 'progress', step: Number(step) };
}
