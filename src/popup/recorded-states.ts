import type {
  CheckpointView,
  HealthView,
  NotebookState,
  NotebookView,
  PopupView,
  ResumeView,
  RunView,
  SetupCellView,
} from '../protocol/popup-view.ts';

/** The moment at which every recorded state was seen, milliseconds since the epoch. */
export const RECORDED_AT = Date.UTC(2026, 7, 14, 3, 12, 40);
const SECONDS = 1000;
const MINUTES = 60 * SECONDS;

const whole = (step: number, loss: number, more: Partial<CheckpointView> = {}): CheckpointView => ({
  name: `checkpoint-${step}`,
  form: 'folder',
  step,
  sizeBytes: 152_340_112,
  integrity: { kind: 'complete', resumes: 'exactly' },
  loss,
  isBest: false,
  origin: 'this-run',
  goesAt: null,
  gone: false,
  inferenceBytes: 48_120_400,
  copyId: null,
  ...more,
});

const cutShort = whole(450, 0.513, {
  sizeBytes: 89_120_400,
  loss: null,
  integrity: {
    kind: 'broken',
    defects: [
      { kind: 'file-cut-short', file: 'optimizer.pt' },
      { kind: 'file-missing', file: 'trainer_state.json' },
    ],
  },
});

/** The run most states show: step 451 of 600, whole up to 400. */
export const run: RunView = {
  unit: 'steps',
  step: 451,
  stepSeenAt: RECORDED_AT - 2 * SECONDS,
  stepSource: 'table',
  total: 600,
  loss: 0.5121,
  secondsPerStep: 2.9,
  secondsLeft: 432,
  safeName: 'checkpoint-400',
  safeStep: 400,
  saves: 'seen',
  stepsAtRisk: 51,
  secondsAtRisk: 168,
  nextSave: 500,
  checkpoints: [
    whole(400, 0.5184),
    whole(300, 0.5471, { isBest: true }),
    whole(200, 0.6012, { goesAt: 500 }),
    whole(100, 0.8123, { gone: true }),
  ],
  folder: { kind: 'watching', path: 'outputs', from: 'source' },
  contradictions: [],
  proof: null,
  skipping: null,
  drift: [],
};

export const unsavedRun: RunView = {
  ...run,
  step: 22,
  total: 60,
  loss: 1.2043,
  secondsLeft: 110,
  safeName: null,
  safeStep: null,
  stepsAtRisk: 22,
  secondsAtRisk: 64,
  nextSave: null,
  checkpoints: [],
  folder: { kind: 'not-there-yet', path: 'outputs', from: 'source' },
};

const cell = (
  cellId: string,
  title: string,
  tookMs: number | null,
  state: SetupCellView['state'] = 'same',
  mark: SetupCellView['mark'] = null,
): SetupCellView => ({ cellId, title, tookMs, state, mark });

export const setup: readonly SetupCellView[] = [
  cell('a', '%pip install --quiet unsloth', 24_000, 'same', 'installs'),
  cell('b', 'from unsloth import FastLanguageModel', 11_000),
  cell('c', 'model = FastLanguageModel.get_peft_model(model, r=16)', 4200),
  cell('d', 'dataset = load_dataset("json", data_files="train.jsonl")', 6100, 'changed'),
  cell('e', 'print(dataset[0])', 40, 'missing'),
  cell('f', 'trainer = SFTTrainer(model=model, args=args)', 2600),
];

export const resume: ResumeView = {
  from: { name: 'checkpoint-400', step: 400 },
  restores: [],
  passedOver: [],
  cell: { kind: 'not-inserted' },
  byHand: null,
  setup,
};

export const resumeText = `# Holdfast put this cell here: it resumes the run from checkpoint-400.
trainer.train(resume_from_checkpoint="outputs/checkpoint-400")
`;

const health: HealthView = {
  application: 'working',
  kernelTap: 'standing-by',
  canInsert: true,
  runtime: 'unknown',
  files: 'working',
};

export const notebook = (state: NotebookState, more: Partial<NotebookView> = {}): NotebookView => ({
  kind: 'notebook',
  notebookId: 'recorded',
  name: 'gemma_lora.ipynb',
  state,
  health,
  settings: { insertAfterReconnect: true, runAfterReconnect: false },
  home: { jobs: [], copies: [], others: [], space: null },
  keeping: { kind: 'not-yet' },
  saves: { phase: { kind: 'none' }, every: null, advisedSteps: null, made: [] },
  saveSettings: null,
  asking: null,
  storage: null,
  uses: { one: null, compare: null },
  memory: null,
  ...more,
});

type Connection = Extract<NotebookState, { kind: 'training' }>['connection'];

export const training = (
  more: Partial<RunView> = {},
  about: Partial<NotebookView> = {},
  connection: Connection = { kind: 'connected' },
): NotebookView => notebook({ kind: 'training', run: { ...run, ...more }, connection }, about);

type Loss = Extract<NotebookState, { kind: 'lost' }>['loss'];

export const lost = (
  loss: Partial<Loss>,
  about: Partial<ResumeView> = {},
  more: Partial<RunView> = {},
): NotebookView =>
  notebook({
    kind: 'lost',
    run: { ...run, nextSave: null, ...more },
    loss: { cause: 'kernel-died', at: RECORDED_AT - 40 * SECONDS, disk: 'unknown', kernel: 'back', ...loss },
    resume: { ...resume, ...about },
  });

export const lostWithPassedOver = lost(
  {},
  {
    passedOver: [
      {
        name: 'checkpoint-450',
        integrity: 'broken',
        defects: [{ kind: 'file-cut-short', file: 'optimizer.pt' }],
      },
    ],
  },
  { checkpoints: [cutShort, ...run.checkpoints] },
);

export const minutesAgo = (minutes: number): number => RECORDED_AT - minutes * MINUTES;

export const sitePages: Readonly<Record<string, PopupView>> = {
  'nothing-here': { kind: 'nothing-here' },
  'site-off': { kind: 'site-off', origin: 'https://lab.example.edu', host: 'lab.example.edu' },
  'reload-needed': { kind: 'reload-needed', host: 'lab.example.edu' },
  'not-a-notebook': { kind: 'not-a-notebook', host: 'lab.example.edu' },
};
export const wholeCheckpoint = whole;
