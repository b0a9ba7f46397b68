import type { Run } from '../run.ts';
import type { AdviceGrounds } from './save-interval.ts';

/** Bytes a second that the disk of a rented machine is taken to write, where the run does not show it. */
const WRITTEN_PER_SECOND = 100e6;
/** Fewer stretches without a save tell no pace. */
const LEAST_STRETCHES = 4;

/**
 * How long a save holds up the run. Measured where the steps were seen to pause at saves by more than they waver anyway;
 * else from the size of a checkpoint. `null`: no checkpoint was seen.
 */
export const saveTime = (
  run: Pick<Run, 'timings' | 'checkpoints'>,
  checkpointBytes: number | null,
): AdviceGrounds['saveTime'] => {
  const pause = pauseAtSaves(run);
  if (pause !== null) return { seconds: pause, from: 'pause' };
  return checkpointBytes === null ? null : { seconds: checkpointBytes / WRITTEN_PER_SECOND, from: 'size' };
};

interface Stretch {
  readonly steps: number;
  readonly seconds: number;
  readonly saves: boolean;
}

/** The files are written after a step is counted and before the next is. */
const stretchesOf = ({ timings, checkpoints }: Pick<Run, 'timings' | 'checkpoints'>): readonly Stretch[] => {
  const saved = checkpoints.flatMap(({ origin, step }) =>
    origin === 'this-run' && step !== null ? [step] : [],
  );
  return timings.slice(1).flatMap((end, index) => {
    const start = timings[index];
    if (start === undefined || end.step <= start.step) return [];
    const count = saved.filter((step) => start.step <= step && step < end.step).length;
    if (count > 1) return [];
    return [{ steps: end.step - start.step, seconds: (end.at - start.at) / 1000, saves: count === 1 }];
  });
};

const pauseAtSaves = (run: Pick<Run, 'timings' | 'checkpoints'>): number | null => {
  const stretches = stretchesOf(run);
  const plain = stretches.filter(({ saves }) => !saves);
  const saving = stretches.filter(({ saves }) => saves);
  if (plain.length < LEAST_STRETCHES || saving.length === 0) return null;
  const pace = median(plain.map(({ seconds, steps }) => seconds / steps));
  const beyond = ({ seconds, steps }: Stretch): number => seconds - steps * pace;
  const wavers = mean(plain.map((stretch) => Math.abs(beyond(stretch))));
  const pause = median(saving.map(beyond));
  return pause > 3 * wavers && pause > 0 ? pause : null;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};
