import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { until } from '../../e2e/until.ts';
import { CHECKPOINT, OUTPUT_DIR, STEPS_FILE, TIMES_FILE } from './story.ts';

const timesSchema = v.object({ training: v.number(), step: v.number() });
/** Seconds since the epoch: the Trainer began, its first step ended. Told by the kernel itself. */
type StepTimes = v.InferOutput<typeof timesSchema>;

/** How long one recovery took, in seconds since it was asked for. */
export interface Recovered {
  /** The checkpoint is on the server, under its name; some cells may have run before. */
  readonly put: number;
  /** The cells above have ended, and the Trainer has begun. */
  readonly setUp: number;
  /** The first new step has ended. */
  readonly stepped: number;
}

const PATIENCE_MS = 180_000;
const LOOK_MS = 100;

/**
 * Waits for the first step of the run in a folder.
 *
 * @param askedAt Seconds since the epoch.
 */
export const recovered = async (askedAt: number, folder: string): Promise<Recovered> => {
  const { training, step } = await firstStep(folder);
  const putAt = await changedAt(join(folder, OUTPUT_DIR, CHECKPOINT));
  return { put: putAt - askedAt, setUp: training - askedAt, stepped: step - askedAt };
};

const firstStep = (folder: string): Promise<StepTimes> =>
  until(
    'the first step',
    async () => {
      const text = await readFile(join(folder, TIMES_FILE), 'utf8').catch(() => null);
      return text === null ? undefined : v.parse(timesSchema, JSON.parse(text));
    },
    { timeoutMs: PATIENCE_MS, intervalMs: LOOK_MS },
  );

/** When a folder got its name, or the last change in it: seconds since the epoch. */
const changedAt = async (folder: string): Promise<number> => {
  const inside = (await readdir(folder)).map((name) => join(folder, name));
  const times = await Promise.all([folder, ...inside].map(async (path) => (await stat(path)).ctimeMs));
  return Math.max(...times) / 1000;
};

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
