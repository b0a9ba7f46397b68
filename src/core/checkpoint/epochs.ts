import type { Framework } from '../framework.ts';
import type { Checkpoint } from './checkpoint.ts';

/**
 * Frameworks whose first epoch is 0 in the names of their files and in what they print: `epoch=0-step=100.ckpt` (Lightning
 * 2.6), `epoch0.pt` (ultralytics 8), `model_0.pth` (fastai 2.7), `model_state_e0_b0.th` (AllenNLP 2.10), `epoch_0/`
 * (torchtune). All others begin at 1.
 */
const FROM_ZERO: ReadonlySet<Framework> = new Set([
  'lightning',
  'nemo',
  'ultralytics',
  'fastai',
  'allennlp',
  'torchtune',
]);

/** The epoch that a number of this framework means, counted from 1. */
export const epochFromOne = (framework: Framework | null, epoch: number): number =>
  framework !== null && FROM_ZERO.has(framework) ? epoch + 1 : epoch;

/** Epochs that were done when a checkpoint was written; `null` where it does not tell. */
export const epochsDone = ({ framework, epoch }: Pick<Checkpoint, 'framework' | 'epoch'>): number | null =>
  epoch === null ? null : epochFromOne(framework, epoch);

/** In what a run is measured: in steps, or in epochs where its framework counts nothing smaller. */
export type Unit = 'steps' | 'epochs';

/** How far a run was when it wrote a checkpoint; `null` where nothing tells (`last.pt`). */
export const reachOf = (
  checkpoint: Pick<Checkpoint, 'framework' | 'step' | 'epoch'>,
  unit: Unit,
): number | null => (unit === 'steps' ? checkpoint.step : epochsDone(checkpoint));
