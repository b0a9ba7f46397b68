import type { CheckpointView, NotebookView, RunView } from '../protocol/popup-view.ts';
import { copy } from './recorded-home.ts';
import { lost, minutesAgo, notebook, run, training, wholeCheckpoint } from './recorded-states.ts';

const file = (name: string, step: number | null, more: Partial<CheckpointView> = {}): CheckpointView => ({
  ...wholeCheckpoint(0, 0),
  name,
  form: 'file',
  step,
  loss: null,
  sizeBytes: 61_200_000,
  inferenceBytes: null,
  ...more,
});

/** Keras: it tells epochs, and its files are of epochs. */
const keras: RunView = {
  ...run,
  unit: 'epochs',
  step: 8,
  total: 20,
  stepSource: 'log',
  loss: 0.2812,
  secondsPerStep: 184,
  secondsLeft: 2300,
  safeName: 'weights.07.keras',
  safeStep: 7,
  stepsAtRisk: 1,
  secondsAtRisk: 184,
  nextSave: null,
  checkpoints: [
    file('weights.07.keras', 7),
    file('weights.06.keras', 6),
    file('weights.05.keras', 5, {
      integrity: { kind: 'broken', defects: [{ kind: 'file-cut-short', file: 'weights.05.keras' }] },
    }),
    file('weights.04.keras', 4),
    file('weights.03.keras', 3, { gone: true }),
  ],
  folder: { kind: 'watching', path: 'weights', from: 'growth' },
};

/** Lightning: silent, its files tell the steps. */
const lightning: RunView = {
  ...run,
  step: 6300,
  total: null,
  stepSource: 'folder',
  loss: null,
  secondsPerStep: null,
  secondsLeft: null,
  safeName: 'epoch=35-step=6300.ckpt',
  safeStep: 6300,
  stepsAtRisk: null,
  secondsAtRisk: null,
  nextSave: null,
  checkpoints: [
    file('last.ckpt', null),
    file('epoch=35-step=6300.ckpt', 6300),
    file('epoch=34-step=6125.ckpt', 6125),
    file('epoch=12-step=2275-val_loss=0.0413-a-long-name.ckpt', 2275, { isBest: true }),
  ],
  folder: { kind: 'watching', path: 'lightning_logs/version_0/checkpoints', from: 'growth' },
};

/** A loop that overwrites one file: nothing tells how far it is. */
const unnumbered: RunView = {
  ...lightning,
  step: null,
  stepSeenAt: null,
  stepSource: null,
  safeName: 'last.pt',
  safeStep: null,
  checkpoints: [file('last.pt', null, { integrity: { kind: 'complete', resumes: 'unknown' } })],
  folder: { kind: 'watching', path: 'runs/exp', from: 'log' },
};

const FILE_BYTES = 61_200_000;
const home = {
  jobs: [],
  copies: [],
  others: [],
  space: { usedBytes: 183_600_000, mostBytes: 12_000_000_000 },
};
const fileCopy = (name: string, step: number | null, minutes: number) =>
  copy(step ?? 0, null, { id: name, name, step, sizeBytes: FILE_BYTES, keptAt: minutesAgo(minutes) });

const nothingYet = { safeName: null, safeStep: null, stepsAtRisk: 2, step: 2, checkpoints: [] } as const;

/** Runs of other frameworks than the Hugging Face Trainer. */
export const frameworkStates: Readonly<Record<string, NotebookView>> = {
  'keras-training': training(keras),
  'keras-unsaved': training({ ...keras, ...nothingYet }),
  'keras-lost': lost(
    { cause: 'kernel-died' },
    { from: { name: 'weights.07.keras', step: 7 }, cell: { kind: 'not-inserted' } },
    keras,
  ),
  'keras-finished': notebook({
    kind: 'finished',
    run: {
      ...keras,
      step: 20,
      safeName: 'weights.20.keras',
      safeStep: 20,
      stepsAtRisk: 0,
      checkpoints: [file('weights.20.keras', 20), file('weights.19.keras', 19)],
    },
    resumedFrom: 7,
    machine: 'same',
  }),
  'keras-from-zero': training({ ...keras, proof: { kind: 'from-zero', step: 1, fromStep: 7 } }),
  'lightning-training': training(lightning),
  'lightning-lost': lost(
    { cause: 'kernel-died' },
    { from: { name: 'last.ckpt', step: null }, cell: { kind: 'not-inserted' } },
    { ...lightning, safeName: 'last.ckpt', safeStep: null },
  ),
  'loop-training': training({ ...unnumbered, stepSeenAt: minutesAgo(1) }),
  'lightning-offer': training(lightning, {
    keeping: { kind: 'offer', sizeBytes: FILE_BYTES, inferenceBytes: null },
    home,
  }),
  'loop-kept': training(
    { ...unnumbered, stepSeenAt: minutesAgo(1) },
    {
      keeping: {
        kind: 'on',
        extent: 'everything',
        paused: false,
        mostBytesPerSecond: null,
        trouble: null,
        underWay: { name: 'last.pt', state: 'copying', share: 0.41 },
        last: { name: 'last.pt', at: minutesAgo(3), sizeBytes: FILE_BYTES },
      },
      home: { ...home, copies: [fileCopy('last.pt', null, 3), fileCopy('model_step_6000.pt', 6000, 31)] },
    },
  ),
  'lightning-gone': lost(
    { cause: 'machine-replaced', disk: 'empty' },
    {
      cell: { kind: 'impossible', reason: 'no-checkpoint' },
      from: { name: 'epoch=35-step=6300.ckpt', step: 6300 },
      restores: [{ name: 'epoch=35-step=6300.ckpt', sizeBytes: FILE_BYTES }],
    },
    { ...lightning, safeName: null, safeStep: null, checkpoints: [] },
  ),
};
