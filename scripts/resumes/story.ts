/** A training that dies in the middle, and what has to be true once its resume cell has run. */
export interface Story {
  readonly name: string;
  /** Python packages without which it cannot be told. */
  readonly packages: readonly string[];
  /** Cells that run before the training cell, in both lives. `dies(n)` ends the process in the first life. */
  readonly setup: string;
  readonly train: string;
  /** Path of the checkpoint that is gone on from, from the folder of the run. */
  readonly checkpoint: string;
  readonly form: 'file' | 'folder';
  readonly epoch: number | null;
  readonly step: number | null;
  readonly holds: 'everything' | 'weights-only' | 'unknown';
  /** A Python expression after the resume cell. */
  readonly tells: string;
  /** What it has to give, as JSON. */
  readonly expected: unknown;
}
