import type { NotebookState, NotebookView, PopupView } from '../protocol/popup-view.ts';
import {
  lost,
  lostWithPassedOver,
  minutesAgo,
  notebook,
  resume,
  resumeText,
  run,
  sitePages,
  training,
  unsavedRun,
  wholeCheckpoint,
} from './recorded-states.ts';
import { finishedStates } from './recorded-endings.ts';
import { diskStates } from './recorded-disks.ts';
import { homeStates } from './recorded-home.ts';
import { returnStates } from './recorded-returns.ts';
import { storageStates } from './recorded-storage.ts';
import { settingsStates } from './recorded-settings.ts';
import { keepingStates } from './recorded-keeping.ts';
import { frameworkStates } from './recorded-frameworks.ts';
import { planStates } from './recorded-plans.ts';
import { recoveryStates } from './recorded-recoveries.ts';
import { askingStates } from './recorded-asking.ts';
import { pressureStates } from './recorded-pressure.ts';
import { saveStates } from './recorded-saves.ts';
import { useStates } from './recorded-uses.ts';
import { hostile } from './recorded-hostile.ts';

type Connection = Extract<NotebookState, { kind: 'training' }>['connection'];

const connection = (about: Connection): NotebookView =>
  notebook({ kind: 'training', run: { ...run, stepSeenAt: minutesAgo(2) }, connection: about });

const manyCheckpoints = Array.from({ length: 44 }, (_, index) =>
  wholeCheckpoint(440 - index * 10, 0.5 + index / 100),
);

/** Every state the popup can be in, by the name the gallery and the tests use. */
export const recordedStates: Readonly<Record<string, PopupView>> = {
  ...sitePages,
  idle: notebook({ kind: 'idle', plan: null }),
  ...planStates,
  'training-safe': training(),
  'training-unsaved': training({ ...unsavedRun, nextSave: 50 }),
  'training-broken': training({
    ...unsavedRun,
    step: 51,
    stepsAtRisk: 51,
    nextSave: 60,
    saves: 'none-whole',
    checkpoints: [
      wholeCheckpoint(50, 1.1, {
        integrity: { kind: 'broken', defects: [{ kind: 'file-missing', file: 'optimizer.pt' }] },
      }),
    ],
    folder: { kind: 'watching', path: 'outputs', from: 'source' },
  }),
  'training-never': training({ ...unsavedRun, nextSave: 60 }),
  'training-first-step': training({
    ...unsavedRun,
    step: null,
    stepSeenAt: null,
    stepSource: null,
    loss: null,
    secondsPerStep: null,
    secondsLeft: null,
    stepsAtRisk: null,
    secondsAtRisk: null,
    nextSave: 100,
    total: 600,
  }),
  'training-open-end': training({ total: null, secondsLeft: null, stepSource: 'log' }),
  'training-many': training({
    checkpoints: manyCheckpoints,
    safeName: 'checkpoint-440',
    safeStep: 440,
    stepsAtRisk: 11,
    secondsAtRisk: 32,
    nextSave: 460,
  }),
  'training-offline': connection({ kind: 'offline', since: minutesAgo(2) }),
  'training-no-answer': connection({ kind: 'server-unreachable', since: minutesAgo(2) }),
  'training-notebook-disconnected': connection({ kind: 'notebook-disconnected', since: minutesAgo(2) }),
  'training-no-runtime': connection({ kind: 'runtime-disconnected', since: minutesAgo(2) }),
  'training-person-wanted': training({}, {}, { kind: 'person-wanted' }),
  'training-page-away': connection({ kind: 'page-away', since: minutesAgo(2) }),
  'training-folder-unknown': training({
    ...unsavedRun,
    saves: 'unknown',
    folder: { kind: 'unknown' },
    stepsAtRisk: null,
  }),
  'training-checking': training({ ...unsavedRun, saves: 'checking', nextSave: 50 }),
  'training-folder-outside': training({
    ...unsavedRun,
    saves: 'unknown',
    stepsAtRisk: null,
    folder: { kind: 'outside-server', path: '/mnt/scratch/gemma' },
  }),
  'training-signed-out': training(
    {},
    {
      health: {
        application: 'absent',
        kernelTap: 'reading',
        canInsert: false,
        runtime: 'unknown',
        files: 'signed-out',
      },
    },
  ),
  'training-contradictions': training({
    stepSource: 'folder',
    contradictions: [
      { kind: 'step-behind-folder', shown: 390, folder: 400 },
      { kind: 'announced-not-on-disk', path: 'outputs/checkpoint-500' },
      { kind: 'deleted-still-on-disk', path: 'outputs/checkpoint-100' },
    ],
    checkpoints: [
      wholeCheckpoint(450, 0.5, { integrity: { kind: 'writing' }, sizeBytes: 61_000_000, loss: null }),
      wholeCheckpoint(400, 0.5184, { integrity: { kind: 'complete', resumes: 'weights-only' } }),
      wholeCheckpoint(300, 0.5471, {
        integrity: { kind: 'unproven', files: ['optimizer.pt', 'scheduler.pt'] },
      }),
      wholeCheckpoint(250, 0.56, { integrity: { kind: 'unchecked' }, sizeBytes: null }),
      wholeCheckpoint(600, 0.41, { origin: 'earlier' }),
    ],
  }),
  ...finishedStates,
  'stopped-interrupted': notebook({ kind: 'stopped', run, reason: { kind: 'interrupted' }, resume }),
  'stopped-error': notebook({
    kind: 'stopped',
    run,
    reason: {
      kind: 'error',
      name: 'OutOfMemoryError',
      message: 'CUDA out of memory. Tried to allocate 1.50 GiB.',
    },
    resume: { ...resume, setup: [] },
  }),
  'lost-died': lostWithPassedOver,
  'lost-away': lost({ kernel: 'away' }),
  'lost-restarted': lost({ cause: 'kernel-restarted' }),
  'lost-shut-down': lost({ cause: 'kernel-shut-down', at: minutesAgo(80) }),
  ...diskStates,
  'lost-saves-unknown': lost(
    {},
    { from: null, cell: { kind: 'impossible', reason: 'no-checkpoint' } },
    { ...unsavedRun, saves: 'unknown', stepsAtRisk: null, nextSave: null },
  ),
  'idle-no-runtime': notebook(
    { kind: 'idle', plan: null },
    {
      health: {
        application: 'working',
        kernelTap: 'idle',
        canInsert: true,
        runtime: 'none',
        files: 'not-tried',
      },
    },
  ),
  'lost-gone': lost({ cause: 'gone-while-away', at: minutesAgo(600) }),
  'lost-inserted': lost({}, { cell: { kind: 'inserted', checkpoint: 'checkpoint-400' } }),
  'lost-inserted-away': lost(
    { kernel: 'away' },
    { cell: { kind: 'inserted', checkpoint: 'checkpoint-400' } },
  ),
  'lost-copy': lost({}, { cell: { kind: 'copy', text: resumeText } }),
  'lost-failed': lost({}, { cell: { kind: 'failed', reason: 'not-read-back', text: resumeText } }),
  'lost-read-only': lost({}, { cell: { kind: 'failed', reason: 'read-only', text: resumeText } }),
  'lost-no-train-call': lost({}, { cell: { kind: 'impossible', reason: 'no-train-call' } }),
  'lost-checking': lost({}, { from: null, cell: { kind: 'impossible', reason: 'still-checking' } }),
  'lost-nothing-saved': lost(
    {},
    { from: null, cell: { kind: 'impossible', reason: 'no-checkpoint' }, setup: [] },
    { ...unsavedRun, nextSave: null },
  ),
  ...recoveryStates,
  ...homeStates,
  ...returnStates,
  ...keepingStates,
  ...saveStates,
  ...askingStates,
  ...settingsStates,
  ...storageStates,
  ...pressureStates,
  ...frameworkStates,
  ...useStates,
  hostile,
};
