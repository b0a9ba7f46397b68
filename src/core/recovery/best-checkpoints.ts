import { checkpointNameIn } from '../checkpoint/rotation.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { newestFirst } from '../checkpoint/newer.ts';

export type Graded = Pick<Checkpoint, 'name' | 'step' | 'epoch' | 'modifiedAt' | 'trainerState'>;

/**
 * The names of the best checkpoints of a run, best first, two at most.
 *
 * Where the Trainer tracks a metric (`metric_for_best_model`), its own word in `trainer_state.json` counts: only it knows
 * whether more is better. Each state names the best so far, so the second is the one that was best before. Where it tracks
 * none, the lowest evaluation losses count that were logged at a checkpoint's own step. Training losses do not: a batch's
 * loss says little about a checkpoint.
 *
 * @param checkpoints Of one run, those that were rotated away too: their states still tell.
 */
export const bestCheckpoints = (checkpoints: readonly Graded[]): readonly string[] => {
  const tracked = trackedBest(checkpoints);
  return (tracked.length > 0 ? tracked : lowestEvalLoss(checkpoints)).slice(0, 2);
};

const trackedBest = (checkpoints: readonly Graded[]): readonly string[] => {
  const named = checkpoints
    .toSorted(newestFirst)
    .flatMap(({ trainerState }) => trainerState?.bestModelCheckpoint ?? []);
  return [...new Set(named.map(checkpointNameIn))].filter((name) => name !== null);
};

const lowestEvalLoss = (checkpoints: readonly Graded[]): readonly string[] =>
  checkpoints
    .flatMap(({ name, step, trainerState }) => {
      const last = trainerState?.lastEvalLoss ?? null;
      return last !== null && last.step === step ? [{ name, step: last.step, loss: last.loss }] : [];
    })
    .toSorted((a, b) => a.loss - b.loss || b.step - a.step)
    .map(({ name }) => name);
