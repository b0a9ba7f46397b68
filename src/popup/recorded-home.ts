import type { CopyView, HomeView, JobFailure, JobState, JobView, Progress } from '../protocol/home-view.ts';
import type { NotebookView, RunView } from '../protocol/popup-view.ts';
import { finishedRun } from './recorded-endings.ts';
import {
  lost,
  minutesAgo,
  notebook,
  RECORDED_AT,
  run,
  training,
  wholeCheckpoint,
} from './recorded-states.ts';

const CHECKPOINT_BYTES = 152_340_112;
const HOURS = 60;

export const copy = (step: number, loss: number | null, more: Partial<CopyView> = {}): CopyView => ({
  id: `copy-${step}`,
  name: `checkpoint-${step}`,
  step,
  loss,
  extent: 'everything',
  sizeBytes: CHECKPOINT_BYTES,
  keptAt: minutesAgo(2 * HOURS),
  state: 'verified',
  canGoOn: false,
  ...more,
});

const space = { usedBytes: 456_000_000, mostBytes: 12_000_000_000 };
const copies: readonly CopyView[] = [
  copy(400, 0.5184, { keptAt: minutesAgo(9) }),
  copy(300, 0.5471, { state: 'size-checked' }),
  copy(200, 0.6012),
];
const everyKindOfCopy: readonly CopyView[] = [
  copy(400, 0.5184, { keptAt: minutesAgo(9) }),
  copy(300, 0.5471, { state: 'size-checked', extent: 'inference', sizeBytes: 48_120_400 }),
  copy(200, null, { state: 'unfinished', sizeBytes: 61_000_000, canGoOn: true }),
  copy(100, 0.8123, { state: 'damaged' }),
  copy(60, 1.204, { name: 'gemma-warm-up', keptAt: minutesAgo(40 * HOURS) }),
];

const home = (more: Partial<HomeView>): HomeView => ({
  jobs: [],
  copies: [],
  others: [],
  space,
  ...more,
});

const withHome = (view: NotebookView, more: Partial<HomeView>): NotebookView => ({
  ...view,
  home: home(more),
});

const halfway: Progress = {
  doneBytes: 61_300_000,
  totalBytes: CHECKPOINT_BYTES,
  bytesPerSecond: 24_400_000,
  secondsLeft: 4,
};

const job = (state: JobState, more: Partial<JobView> = {}): JobView => ({
  id: 'job-400',
  names: ['checkpoint-400'],
  extent: 'everything',
  to: 'zip',
  copyIds: [],
  state,
  ...more,
});

const withJobs = (...jobs: readonly JobView[]): NotebookView => training({}, { home: home({ jobs }) });
const failed = (why: JobFailure, more: Partial<JobView> = {}): JobView => job({ kind: 'failed', why }, more);

const finishedWith = (more: Partial<HomeView>): NotebookView =>
  notebook({ kind: 'finished', run: finishedRun, resumedFrom: 400, machine: 'same' }, { home: home(more) });

/** Jobs under way and what became of them. */
const jobStates: Readonly<Record<string, NotebookView>> = {
  'home-moving': withJobs(job({ kind: 'moving', ...halfway })),
  'home-two-jobs': withJobs(
    job({ kind: 'waiting' }, { id: 'job-b', names: ['checkpoint-300'], to: 'browser' }),
    job(
      {
        kind: 'moving',
        doneBytes: 0,
        totalBytes: 13_400_000_000,
        bytesPerSecond: null,
        secondsLeft: null,
      },
      {
        names: ['checkpoint-400', 'checkpoint-300', 'checkpoint-200', 'checkpoint-100'],
        extent: 'inference',
      },
    ),
  ),
  'home-trying-again': withJobs(
    job({
      kind: 'trying-again',
      why: { kind: 'unreachable' },
      nextAt: RECORDED_AT + 12_000,
      ...halfway,
    }),
  ),
  'home-paused': withJobs(job({ kind: 'paused', ...halfway, bytesPerSecond: null, secondsLeft: null })),
  'home-saving': withJobs(job({ kind: 'saving', ...halfway, doneBytes: 120_000_000, secondsLeft: 2 })),
  'home-done-verified': withJobs(
    job({
      kind: 'done',
      checked: 'verified',
      sizeBytes: CHECKPOINT_BYTES,
      fileName: 'checkpoint-400.zip',
      canShow: true,
    }),
  ),
  'home-done-size-checked': finishedWith({
    jobs: [
      job(
        {
          kind: 'done',
          checked: 'size-checked',
          sizeBytes: 2 * CHECKPOINT_BYTES,
          fileName: 'gemma_lora checkpoint-600 and 500.zip',
          canShow: true,
        },
        { names: ['checkpoint-600', 'checkpoint-500'] },
      ),
      job(
        { kind: 'done', checked: 'verified', sizeBytes: CHECKPOINT_BYTES, fileName: null, canShow: false },
        { id: 'job-b', to: 'browser' },
      ),
    ],
    copies: copies.slice(0, 1),
  }),
  'home-failed-changed': withJobs(
    failed({ kind: 'changed', name: 'checkpoint-400', next: 'checkpoint-300' }),
  ),
  'home-failed-no-room': training(
    {},
    {
      home: home({
        jobs: [
          failed(
            { kind: 'no-room', missingBytes: 3_200_000_000 },
            { names: ['checkpoint-400', 'checkpoint-300'], to: 'browser' },
          ),
        ],
        copies: copies.slice(1, 2),
      }),
    },
  ),
  'home-failed-server': withJobs(failed({ kind: 'server', trouble: { kind: 'signed-out' } })),
};

const rowsOf = (more: Partial<RunView>): NotebookView =>
  training(more, { home: home({ copies: copies.slice(0, 2) }) });

/** Where checkpoints lie, and what this browser keeps. */
const placeStates: Readonly<Record<string, NotebookView>> = {
  'home-both-places': rowsOf({
    checkpoints: [
      wholeCheckpoint(400, 0.5184, { copyId: 'copy-400' }),
      wholeCheckpoint(300, 0.5471, { isBest: true, copyId: 'copy-300' }),
      wholeCheckpoint(200, 0.6012, { goesAt: 500, inferenceBytes: null }),
    ],
  }),
  'home-browser-only': rowsOf({
    checkpoints: [
      wholeCheckpoint(400, 0.5184, { copyId: 'copy-400' }),
      wholeCheckpoint(300, 0.5471, { isBest: true, copyId: 'copy-300', gone: true }),
      wholeCheckpoint(200, 0.6012, { gone: true }),
    ],
  }),
  'home-copies': notebook(
    { kind: 'idle', plan: null },
    { home: home({ copies: everyKindOfCopy, space: { ...space, usedBytes: 566_000_000 } }) },
  ),
  'home-machine-gone': withHome(
    lost(
      { cause: 'machine-replaced', disk: 'empty' },
      { from: null, cell: { kind: 'impossible', reason: 'no-checkpoint' } },
      {
        safeName: null,
        safeStep: null,
        stepsAtRisk: 451,
        checkpoints: run.checkpoints.map((each) => ({
          ...each,
          gone: true,
          copyId: (each.step ?? 0) < 200 ? null : `copy-${each.step}`,
        })),
      },
    ),
    { copies },
  ),
};

/** Checkpoints on their way home, and at home. */
export const homeStates: Readonly<Record<string, NotebookView>> = {
  ...jobStates,
  ...placeStates,
};
