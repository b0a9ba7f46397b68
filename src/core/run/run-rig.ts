import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { NewRun, OutputFolder, Run, RunPlan, SeenCheckpoint } from './run.ts';

/** What the code of the made-up run says about saving: every 100 of 600 steps, and all of it stays. */
export const PLAN: RunPlan = { maxSteps: 600, saveSteps: 100, saveStrategy: 'steps', saveTotalLimit: null };

/** Where its checkpoints lie: the code names the folder, and a look has found it. */
export const OUTPUTS = {
  kind: 'known',
  asWritten: 'outputs',
  onServer: 'outputs',
  from: 'source',
  seen: true,
} as const satisfies OutputFolder;

/** What code says that says nothing about saving. */
export const UNTOLD_PLAN: RunPlan = {
  maxSteps: null,
  saveSteps: null,
  saveStrategy: null,
  saveTotalLimit: null,
};

/** What `beginRun` needs for a run of the Trainer that begins at 0. */
export const newRun = (changes: Partial<NewRun> = {}): NewRun => ({
  id: 'r',
  kernelId: 'k',
  executionId: 'e',
  cellId: 'c',
  source: 'trainer.train()',
  startedAt: 0,
  plan: PLAN,
  folder: OUTPUTS,
  ...changes,
});

/** What is seen of a run whose page shows a table with this step, and nothing else. */
export const tableAt = (step: number, at = 0, total = 600): Run['sightings'] => ({
  table: { step, total, at },
  bar: null,
  log: null,
  epoch: null,
  ownCount: 'untold',
});

/** A folder of the Trainer as it lies on the disk, proven whole. */
export const wholeCheckpoint = (step: number, changes: Partial<Checkpoint> = {}): Checkpoint => ({
  name: `checkpoint-${step}`,
  framework: 'transformers',
  form: 'folder',
  step,
  epoch: null,
  sizeBytes: 1000,
  modifiedAt: step,
  integrity: { kind: 'complete', resumes: 'exactly' },
  trainerState: null,
  ...changes,
});

/** The same as the run that wrote it remembers it. */
export const seenCheckpoint = (step: number, changes: Partial<SeenCheckpoint> = {}): SeenCheckpoint => ({
  ...wholeCheckpoint(step),
  origin: 'this-run',
  gone: false,
  ...changes,
});
