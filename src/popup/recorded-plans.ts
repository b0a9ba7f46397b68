import { savePlan } from '../core/run/plan/save-plan.ts';
import { UNKNOWN_LIMIT, type RunPlan } from '../core/run/run.ts';
import type { NotebookView, PlanView } from '../protocol/popup-view.ts';
import { notebook, run, unsavedRun } from './recorded-states.ts';

const MEGABYTES = 1e6;
const GIGABYTES = 1e9;

const given: RunPlan = { maxSteps: 600, saveSteps: 100, saveStrategy: 'steps', saveTotalLimit: 3 };

interface Known {
  readonly total?: number;
  readonly folder?: string;
  readonly transformers?: string;
  readonly checkpointBytes?: number;
  readonly freeBytes?: number;
}

/** What is worked out of a plan, as the background does it. */
export const planned = (more: Partial<RunPlan>, known: Known = {}): PlanView =>
  savePlan(
    { ...given, ...more },
    { total: known.total ?? null, transformers: known.transformers ?? null },
    known.folder ?? 'outputs',
    {
      checkpointBytes: known.checkpointBytes ?? null,
      freeBytes: known.freeBytes ?? null,
      present: 0,
      step: 0,
    },
  );

const plan = (more: Partial<RunPlan>, known: Known = {}): NotebookView =>
  notebook({ kind: 'idle', plan: planned(more, known) });

const evaluation = {
  strategy: 'steps',
  steps: 100,
  loadsBest: true,
  hasMetric: false,
  oldName: false,
} as const;

const trainsWith = (view: PlanView, more: Partial<typeof run> = {}): NotebookView =>
  notebook({ kind: 'training', run: { ...run, ...more }, connection: { kind: 'connected' }, plan: view });

const advice: PlanView['advice'] = {
  everySteps: 50,
  saveSeconds: 2.2,
  saveTimeFrom: 'pause',
  hoursBetweenFailures: 6,
  failuresFrom: 'assumed',
};

/** The save plan before the run and while it trains, by the name the gallery and the tests use. */
export const planStates: Readonly<Record<string, NotebookView>> = {
  'plan-saves': plan({}),
  'plan-saves-size': plan({}, { checkpointBytes: 152 * MEGABYTES, freeBytes: 78 * GIGABYTES }),
  'plan-saves-share': plan({ saveSteps: 0.25, saveTotalLimit: null }),
  'plan-saves-best-kept': plan({ evaluation }),
  'plan-never-before-end': plan({ saveSteps: 500, maxSteps: 60 }),
  'plan-never-silent': plan({ saveSteps: 500, maxSteps: 60, saveStrategy: 'no', isSilent: true }),
  'plan-never-one-epoch': plan({ maxSteps: null, maxEpochs: 1, saveStrategy: 'epoch' }),
  'plan-no': plan({ saveStrategy: 'no' }),
  'plan-no-silent': plan({ saveStrategy: 'no', isSilent: true, maxSteps: null, maxEpochs: 1 }),
  'plan-no-evaluation': plan({ saveStrategy: 'best', evaluation: { ...evaluation, strategy: 'no' } }),
  'plan-epochs': plan({ maxSteps: null, maxEpochs: 3, saveStrategy: 'epoch' }),
  'plan-length-unknown': plan({ maxSteps: null, maxEpochs: 1, saveSteps: 500 }),
  'plan-length-not-followed': plan({ maxSteps: null, saveTotalLimit: UNKNOWN_LIMIT }),
  'plan-unknown': plan({ saveStrategy: null, saveSteps: null, maxSteps: null }),
  'plan-warning-disk': plan(
    { saveTotalLimit: null, maxSteps: 3000 },
    { checkpointBytes: 5.4 * GIGABYTES, freeBytes: 40 * GIGABYTES },
  ),
  'plan-warning-best': plan({ evaluation: { ...evaluation, loadsBest: false } }),
  'plan-warning-strategy': plan({ evaluation: { ...evaluation, strategy: 'epoch' } }),
  'plan-warning-multiple': plan({ evaluation: { ...evaluation, steps: 30 } }),
  'plan-warning-old-name': plan({ evaluation: { ...evaluation, oldName: true } }, { transformers: '5.2.0' }),
  'plan-warning-old-name-maybe': plan({ evaluation: { ...evaluation, oldName: true } }),
  'plan-warning-drive': plan({}, { folder: '/content/drive/MyDrive/gemma' }),
  'training-plan': trainsWith(planned({}, { total: 600, checkpointBytes: 152 * MEGABYTES })),
  'training-plan-warnings': trainsWith(
    planned(
      { saveTotalLimit: null, maxSteps: 600 },
      { folder: '/content/drive/MyDrive/gemma', checkpointBytes: 5.4 * GIGABYTES, freeBytes: 30 * GIGABYTES },
    ),
  ),
  'training-plan-silent': trainsWith(
    planned({ saveSteps: 500, maxSteps: 60, saveStrategy: 'no', isSilent: true }, { total: 60 }),
    unsavedRun,
  ),
  'training-plan-advice': trainsWith({ ...planned({ saveSteps: 200 }, { total: 600 }), advice }),
};
