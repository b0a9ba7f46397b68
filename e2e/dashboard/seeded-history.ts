import type { Page } from '@playwright/test';
import type { HistoryRun } from '../../src/core/history/history-run.ts';

/** A run to be put into the history of a browser, with curves made by a rule. */
export interface Seed {
  readonly run: HistoryRun;
  /** A falling, noisy curve of so many training losses, one each `everySteps`. */
  readonly points: number;
  readonly everySteps: number;
  /** Evaluation losses, one at each of these steps. */
  readonly evaluations: readonly (readonly [number, number])[];
}

/** Puts runs where the extension keeps them, through a page of its own, whose database is there once it was opened. */
export const seedHistory = (page: Page, seeds: readonly Seed[]): Promise<void> =>
  page.evaluate(async (given) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('the database refused')));
      });
    const database = await done(indexedDB.open('holdfast-history'));
    for (const { run, points, everySteps, evaluations } of given) {
      let chance = 7;
      const noise = (): number => {
        chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
        return chance / 2_147_483_648 - 0.5;
      };
      const steps = Float64Array.from({ length: points }, (_, index) => (index + 1) * everySteps);
      const values = steps.map((_, index) => 0.4 + 2 * Math.exp((-4 * index) / points) + 0.3 * noise());
      const curves = {
        loss: { steps, values },
        evalLoss: {
          steps: Float64Array.from(evaluations, ([step]) => step),
          values: Float64Array.from(evaluations, ([, value]) => value),
        },
        fileUpTo: points * everySteps,
      };
      const change = database.transaction(['runs', 'curves'], 'readwrite');
      const record = { id: run.id, startedAt: run.startedAt, points, run };
      await done(change.objectStore('runs').put(record, run.id));
      await done(change.objectStore('curves').put(curves, run.id));
    }
    database.close();
  }, seeds);

/** Puts something into the history that no version of the extension ever wrote. */
export const seedNonsense = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('holdfast-history');
        opening.addEventListener('success', () => {
          const change = opening.result.transaction('runs', 'readwrite');
          change.objectStore('runs').put({ id: 'nonsense', run: '<img src=x>' }, 'nonsense');
          change.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
          change.addEventListener('error', () => reject(new Error('the database refused')));
        });
      }),
  );

const MORNING = Date.UTC(2026, 10, 28, 9, 0);
const HOUR = 3_600_000;

/** A run that ended well, but for what a test changes. */
export const seededRun = (number: number, changes: Partial<HistoryRun> = {}): HistoryRun => ({
  format: 1,
  id: `run-${number}`,
  notebookId: 'http://localhost:8888/story.ipynb',
  notebookName: 'gemma_lora.ipynb',
  framework: 'transformers',
  unit: 'steps',
  startedAt: MORNING + number * HOUR,
  phase: { kind: 'finished', at: MORNING + number * HOUR + HOUR / 2, machine: 'same' },
  seenAt: MORNING + number * HOUR + HOUR / 2,
  step: 600,
  total: 600,
  safeName: 'checkpoint-600',
  safeStep: 600,
  stepsAtRisk: 0,
  nextSave: null,
  loss: 0.41,
  given: [
    { of: 'TrainingArguments', name: 'learning_rate', value: `${number}e-4` },
    { of: 'TrainingArguments', name: 'max_steps', value: '600' },
    { of: 'LoraConfig', name: 'r', value: '8' },
  ],
  before: null,
  asked: [],
  checkpoints: [200, 400, 600].map((step) => ({
    name: `checkpoint-${step}`,
    form: 'folder' as const,
    step,
    sizeBytes: step * 1_000_000,
    integrity: { kind: 'complete' as const, resumes: 'exactly' as const },
    loss: 1 - step / 1000,
    evalLoss: step === 400 ? 0.5 : 0.6,
    isBest: step === 400,
    origin: 'this-run' as const,
    gone: step === 200,
    copyId: null,
  })),
  ...changes,
});
