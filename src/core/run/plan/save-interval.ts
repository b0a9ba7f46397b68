/** A time between saves that loses least, in seconds, both its arguments in seconds (Young 1974: first order). */
export const youngInterval = (saveSeconds: number, secondsBetweenFailures: number): number =>
  Math.sqrt(2 * saveSeconds * secondsBetweenFailures);

/**
 * The same with the higher terms, which count where a save is long beside the time between failures (Daly, "A higher order
 * estimate of the optimum checkpoint interval for restart dumps", 2006, equation 37).
 */
export const dalyInterval = (saveSeconds: number, secondsBetweenFailures: number): number => {
  if (saveSeconds >= 2 * secondsBetweenFailures) return secondsBetweenFailures;
  const share = saveSeconds / (2 * secondsBetweenFailures);
  const young = youngInterval(saveSeconds, secondsBetweenFailures);
  return young * (1 + Math.sqrt(share) / 3 + share / 9) - saveSeconds;
};

/** Numbers that people write: 1, 2, 5, 10, 20, 25, 50, 100 … */
const FRIENDLY = [1, 2, 2.5, 5] as const;

/** The friendly number of steps nearest to a number of steps, by their ratio; never more than `most`. */
export const friendlySteps = (steps: number, most = Infinity): number => {
  const wanted = Math.max(1, Math.min(steps, most));
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const candidates = [decade / 10, decade, decade * 10]
    .flatMap((power) => FRIENDLY.map((each) => each * power))
    .filter((each) => Number.isInteger(each) && each >= 1 && each <= most);
  const distance = (each: number): number => Math.abs(Math.log(each / wanted));
  return candidates.reduce((best, each) => (distance(each) < distance(best) ? each : best), 1);
};

/** Where the time between failures comes from: nobody said otherwise; the user; this user's own runs. */
export type FailuresFrom = 'assumed' | 'set' | 'history';

/** An interval between saves, with everything that it was worked out from. */
export interface IntervalAdvice {
  readonly everySteps: number;
  readonly saveSeconds: number;
  /** `pause`: as long as the steps paused at saves; `size`: as long as a disk is taken to need for its bytes. */
  readonly saveTimeFrom: 'pause' | 'size';
  readonly hoursBetweenFailures: number;
  readonly failuresFrom: FailuresFrom;
}

/** What an advice is worked out from. */
export interface AdviceGrounds {
  readonly secondsPerStep: number | null;
  readonly saveTime: { readonly seconds: number; readonly from: IntervalAdvice['saveTimeFrom'] } | null;
  readonly hoursBetweenFailures: number;
  readonly failuresFrom: FailuresFrom;
  /** Steps of the run. */
  readonly total: number | null;
}

/**
 * How often a run had better save; `null` while its speed or what a save costs is not known. However rare failures are, at
 * least one save falls into the run: a run is stopped by its user, too.
 */
export const adviseInterval = (grounds: AdviceGrounds): IntervalAdvice | null => {
  const { secondsPerStep, saveTime, total, hoursBetweenFailures, failuresFrom } = grounds;
  if (secondsPerStep === null || secondsPerStep <= 0 || saveTime === null || hoursBetweenFailures <= 0)
    return null;
  const half = total === null ? Infinity : Math.floor(total / 2);
  if (half < 1) return null;
  const seconds = dalyInterval(saveTime.seconds, hoursBetweenFailures * 3600);
  return {
    everySteps: friendlySteps(seconds / secondsPerStep, half),
    saveSeconds: saveTime.seconds,
    saveTimeFrom: saveTime.from,
    hoursBetweenFailures,
    failuresFrom,
  };
};

/** Whether an interval is so far from the one in use that it is worth a word: twice as long or as short. */
export const isWorthSaying = (advice: IntervalAdvice, inUse: number | null): boolean =>
  inUse === null || inUse >= 2 * advice.everySteps || advice.everySteps >= 2 * inUse;
