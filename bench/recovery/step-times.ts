import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { until } from '../../e2e/until.ts';
import { STEPS_FILE, TIMES_FILE } from './story.ts';

const timesSchema = v.object({ setup: v.number(), training: v.number(), step: v.number() });
/** Seconds since the epoch: the first cell began, the Trainer began, its first step ended. Told by the kernel itself. */
export type StepTimes = v.InferOutput<typeof timesSchema>;

/** How long one recovery took, in seconds since it was asked for. */
export interface Recovered {
  /** Everything is on the server: the first cell began. */
  readonly put: number;
  /** The cells above have ended, and the Trainer has begun. */
  readonly setUp: number;
  /** The first new step has ended. */
  readonly stepped: number;
}

const PATIENCE_MS = 180_000;
const LOOK_MS = 100;

/** Waits for the first step of the run in a folder. */
export const firstStep = (folder: string): Promise<StepTimes> =>
  until(
    'the first step',
    async () => {
      const text = await readFile(join(folder, TIMES_FILE), 'utf8').catch(() => null);
      return text === null ? undefined : v.parse(timesSchema, JSON.parse(text));
    },
    { timeoutMs: PATIENCE_MS, intervalMs: LOOK_MS },
  );

/** @param askedAt Seconds since the epoch. */
export const recoveredAfter = (askedAt: number, { setup, training, step }: StepTimes): Recovered => ({
  put: setup - askedAt,
  setUp: training - askedAt,
  stepped: step - askedAt,
});

/** One step of a run. */
export interface TimedStep {
  /** When it ended, seconds since the epoch. */
  readonly at: number;
  readonly seconds: number;
}

export const timedSteps = async (folder: string): Promise<readonly TimedStep[]> =>
  (await readFile(join(folder, STEPS_FILE), 'utf8'))
    .split('\n')
    // The last line may be half written.
    .slice(0, -1)
    .map((line) => {
      const [at = Number.NaN, seconds = Number.NaN] = line.split(' ').map(Number);
      return { at, seconds };
    });
