import type { Unit } from '../checkpoint/epochs.ts';
import type { Framework } from '../framework.ts';
import type { Run } from './run.ts';

/** Their bars count the batches of one epoch, and begin anew with each: no step of the run. */
const BARS_OF_AN_EPOCH: ReadonlySet<Framework> = new Set([
  'keras',
  'fastai',
  'ultralytics',
  'lightning',
  'flair',
  'allennlp',
  'espnet',
  'mmengine',
  'composer',
  'coqui',
  'vits',
  'paddle',
  'speechbrain',
  'pytorch',
]);

/** Whether a bar of this run counts its steps. Where nobody knows what trains, it does. */
export const hasStepBars = (run: Pick<Run, 'framework' | 'sightings' | 'checkpoints'>): boolean => {
  const framework = frameworkOf(run);
  return run.sightings.epoch === null || framework === null || !BARS_OF_AN_EPOCH.has(framework);
};

/**
 * What a run is measured in: in steps, as soon as anything told one; in epochs where only epochs are told (Keras, fastai,
 * ultralytics: their saves know no step). Steps as long as nobody told anything.
 */
export const unitOf = (run: Pick<Run, 'framework' | 'sightings' | 'checkpoints'>): Unit => {
  const { table, bar, log, epoch } = run.sightings;
  const own = run.checkpoints.filter(({ origin }) => origin === 'this-run');
  const countsSteps =
    table !== null ||
    log !== null ||
    (bar !== null && hasStepBars(run)) ||
    own.some(({ step }) => step !== null);
  if (countsSteps) return 'steps';
  return epoch !== null || own.some((checkpoint) => checkpoint.epoch !== null) ? 'epochs' : 'steps';
};

/** What trains: as the source tells, else as the newest of its checkpoints look. */
export const frameworkOf = (run: Pick<Run, 'framework' | 'checkpoints'>): Framework | null =>
  run.framework ?? run.checkpoints.findLast(({ origin }) => origin === 'this-run')?.framework ?? null;
