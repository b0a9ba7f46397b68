import type { CheckpointView, NotebookView, RunView } from '../protocol/popup-view.ts';
import { notebook, run, wholeCheckpoint } from './recorded-states.ts';

export const finishedRun: RunView = {
  ...run,
  step: 600,
  loss: 0.4312,
  safeName: 'checkpoint-600',
  safeStep: 600,
  stepsAtRisk: 0,
  secondsAtRisk: 0,
  secondsLeft: 0,
  nextSave: null,
  checkpoints: [
    wholeCheckpoint(600, 0.4312),
    wholeCheckpoint(500, 0.4271, { isBest: true }),
    wholeCheckpoint(400, 0.5184),
    wholeCheckpoint(300, 0.5471, { gone: true }),
    wholeCheckpoint(200, 0.6012, { gone: true }),
    wholeCheckpoint(100, 0.8123, { gone: true }),
  ],
};

/** Finished, with a last checkpoint that is not (yet) proven whole, or with none. */
const unsavedEnd = (more: Partial<RunView>, ...last: readonly CheckpointView[]): NotebookView =>
  notebook({
    kind: 'finished',
    run: {
      ...finishedRun,
      safeName: 'checkpoint-500',
      safeStep: 500,
      stepsAtRisk: 100,
      checkpoints: [...last, ...finishedRun.checkpoints.slice(1)],
      ...more,
    },
    resumedFrom: null,
    machine: 'same',
  });

/** Runs that reached their end. */
export const finishedStates: Readonly<Record<string, NotebookView>> = {
  finished: notebook({ kind: 'finished', run: finishedRun, resumedFrom: 400, machine: 'same' }),
  'finished-machine-gone': notebook(
    {
      kind: 'finished',
      run: {
        ...finishedRun,
        safeName: null,
        safeStep: null,
        stepsAtRisk: 600,
        checkpoints: finishedRun.checkpoints.map((checkpoint) => ({ ...checkpoint, gone: true })),
      },
      resumedFrom: null,
      machine: 'replaced',
    },
    { name: 'story.ipynb' },
  ),
  'finished-checking': unsavedEnd(
    { saves: 'checking' },
    wholeCheckpoint(600, 0.4312, { integrity: { kind: 'writing' }, loss: null }),
  ),
  'finished-unproven': unsavedEnd(
    {},
    wholeCheckpoint(600, 0.4312, { integrity: { kind: 'unproven', files: ['optimizer.bin'] } }),
  ),
  'finished-unsaved': unsavedEnd({}),
};
