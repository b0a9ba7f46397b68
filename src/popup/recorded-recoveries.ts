import type { NotebookState, NotebookView, RecoveryStepView } from '../protocol/popup-view.ts';
import { lost, minutesAgo, notebook, resume, run, training } from './recorded-states.ts';

const steps = (
  done: number,
  state: RecoveryStepView['state'],
  error: string | null = null,
  restored = false,
): readonly RecoveryStepView[] => {
  const all = [
    ...(restored ? [{ kind: 'restore' as const, title: 'checkpoint-400' }] : []),
    ...resume.setup
      .filter(({ state }) => state === 'same')
      .map(({ title }) => ({ kind: 'setup' as const, title })),
    ...(['insert', 'train', 'watch'] as const).map((kind) => ({ kind, title: 'checkpoint-400' })),
  ];
  return all.map((step, index) => ({
    ...step,
    sizeBytes: step.kind === 'restore' ? 152_000_000 : null,
    unheard: false,
    doneBytes: step.kind === 'restore' && index === done ? 64_000_000 : null,
    state: index < done ? 'done' : index === done ? state : 'waiting',
    error: index === done ? error : null,
  }));
};

const DRIFT = [{ name: 'transformers', before: '4.44.0', now: '5.23.0' }] as const;

/** A resumed run of which no step was seen yet. */
const firstStep = {
  step: null,
  stepSeenAt: null,
  stepSource: null,
  loss: null,
  secondsPerStep: null,
  secondsLeft: null,
  stepsAtRisk: null,
  secondsAtRisk: null,
} as const;

const recovering = (
  status: Extract<NotebookState, { kind: 'recovering' }>['status'],
  list: readonly RecoveryStepView[],
): NotebookView => notebook({ kind: 'recovering', run: { ...run, nextSave: null }, steps: list, status });

/** Plans of recoveries, recoveries under way, and runs that were resumed. */
export const recoveryStates: Readonly<Record<string, NotebookView>> = {
  'recovering-restore': recovering('running', steps(0, 'running', null, true)),
  'recovering-restore-failed': recovering('failed', steps(0, 'failed', 'restore-failed', true)),
  'recovering-beside-failed': recovering(
    'failed',
    steps(0, 'failed', 'restore-failed', true).map((step, index) =>
      index === 1 ? { ...step, state: 'done' } : step,
    ),
  ),
  'recovering-trap': recovering(
    'failed',
    steps(
      5,
      'failed',
      "FileNotFoundError: [Errno 2] No such file: 'outputs/checkpoint-400/trainer_state.json'",
    ),
  ),
  'recovering-from-zero': recovering('failed', steps(6, 'failed', 'from-zero')),
  'training-from-zero': training({ proof: { kind: 'from-zero', step: 3, fromStep: 400 } }),
  'training-resumed': training({
    proof: { kind: 'continues', step: 401, lossBefore: 0.512, lossAfter: 0.509 },
  }),
  'recovering-unheard': recovering(
    'running',
    steps(2, 'running').map((step) => ({ ...step, unheard: step.state === 'running' })),
  ),
  'recovering-end-unknown': recovering('failed', steps(2, 'failed', 'end-unknown')),
  'recovering-drift': notebook({
    kind: 'recovering',
    status: 'failed',
    steps: steps(5, 'failed', 'ValueError: loaded state dict has a different number of parameter groups'),
    run: { ...run, nextSave: null, drift: DRIFT },
  }),
  'stopped-drift': notebook({
    kind: 'stopped',
    run: { ...run, drift: DRIFT, proof: { kind: 'waiting' } },
    reason: {
      kind: 'error',
      name: 'AttributeError',
      message: "'TrainerState' object has no attribute 'stateful_callbacks'",
    },
    resume: { ...resume, setup: [] },
  }),
  'training-skipping': training({
    ...firstStep,
    proof: { kind: 'waiting' },
    skipping: { steps: 400, secondsAtMost: 720, bar: null, toStep: 400, since: minutesAgo(2) },
  }),
  'recovering-skipping-bar': notebook({
    kind: 'recovering',
    status: 'running',
    steps: steps(6, 'running'),
    run: {
      ...run,
      ...firstStep,
      proof: { kind: 'waiting' },
      skipping: {
        steps: 400,
        secondsAtMost: 720,
        bar: { secondsLeft: 130, at: minutesAgo(0) },
        toStep: 400,
        since: minutesAgo(2),
      },
    },
  }),
  'lost-machine-plan': lost(
    { cause: 'machine-replaced', disk: 'empty' },
    {
      cell: { kind: 'impossible', reason: 'no-checkpoint' },
      restores: [
        { name: 'checkpoint-300', sizeBytes: 152_000_000 },
        { name: 'checkpoint-400', sizeBytes: 152_000_000 },
      ],
    },
    { safeName: null, safeStep: null, checkpoints: [] },
  ),
  'lost-script-plan': lost(
    { cause: 'machine-replaced', disk: 'empty' },
    {
      cell: { kind: 'impossible', reason: 'no-checkpoint' },
      byHand: 'script-without-flag',
      restores: [{ name: 'checkpoint-400', sizeBytes: 152_000_000 }],
      setup: resume.setup.slice(0, 1),
    },
    { safeName: null, safeStep: null, checkpoints: [] },
  ),
  'recovering-setup': recovering('running', steps(2, 'running')),
  'recovering-watch': recovering('running', steps(6, 'running')),
  'recovering-failed': recovering('failed', steps(2, 'failed', "NameError: name 'model' is not defined")),
  'recovering-kernel-lost': recovering('failed', steps(2, 'failed', 'kernel-lost')),
  'recovering-stopped': recovering('stopped', steps(2, 'skipped')),
};
