import type { Run } from './run.ts';

/** Two timings closer together than this tell nothing new. */
export const TIMING_INTERVAL_MS = 1000;

/** Seconds a step takes, timed here over the last minutes, else as printed. `null` when neither is known. */
export const secondsPerStep = ({
  timings,
  printedStepsPerSecond,
}: Pick<Run, 'timings' | 'printedStepsPerSecond'>): number | null => {
  const first = timings[0];
  const last = timings.at(-1);
  if (
    first !== undefined &&
    last !== undefined &&
    last.step > first.step &&
    last.at - first.at >= TIMING_INTERVAL_MS
  )
    return (last.at - first.at) / 1000 / (last.step - first.step);
  return printedStepsPerSecond !== null && printedStepsPerSecond > 0 ? 1 / printedStepsPerSecond : null;
};
