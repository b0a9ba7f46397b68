import type { CheckpointForm } from '../../src/core/checkpoint/checkpoint.ts';
import type { Framework } from '../../src/core/framework.ts';

/** Checkpoints of a real model, and what a cell that uses them has to show. */
export interface Story {
  readonly name: string;
  /** Python packages without which it cannot be told. */
  readonly packages: readonly string[];
  /** Lines that make files which the notebook needs; they run once, before everything, and are no cell. */
  readonly before: string;
  /** The notebook's cells above the one that trains. */
  readonly setup: string;
  /** The cell that trains. It runs in the first process alone, as in a kernel that is gone since. */
  readonly train: string;
  readonly framework: Framework;
  readonly form: CheckpointForm;
  readonly weightsOnly?: boolean;
  /** From the folder of the notebook; one is loaded, several are compared. */
  readonly checkpoints: readonly string[];
  /** A Python expression after the training: what the inserted cell must come to. */
  readonly expected: string;
  /** A Python expression after the inserted cell. `printed` is what it printed, `rows` the table that it showed. */
  readonly tells: string;
}
