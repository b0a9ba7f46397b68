import type { Settings } from '../browser/settings.ts';
import { pastRuns, type RunSpan } from '../core/history/past-run.ts';
import { assumedHours, measuredMtbf } from '../core/run/plan/failures.ts';
import type { FailuresFrom } from '../core/run/plan/save-interval.ts';
import { isColab } from './colab-site.ts';

/** How many hours pass between failures, and how that is known. */
export interface FailureRate {
  readonly hours: number;
  readonly from: FailuresFrom;
}

/** What the runs of this browser show is read again after so long: the popup asks every second. */
const READ_AGAIN_MS = 60_000;

/**
 * The time between failures on a site: as its user said, else as this browser's own runs show, else as is assumed of such
 * a site. A history that cannot be read shows nothing.
 */
export const createFailureRate = (
  history: { runs(): Promise<readonly RunSpan[]> },
  now: () => number,
): ((settings: Settings, origin: string) => Promise<FailureRate>) => {
  const read: { at: number; hours: Promise<number | null> } = { at: -Infinity, hours: Promise.resolve(null) };
  const measured = (): Promise<number | null> => {
    if (now() - read.at >= READ_AGAIN_MS) {
      read.at = now();
      read.hours = history.runs().then(
        (runs) => measuredMtbf(pastRuns(runs)),
        () => null,
      );
    }
    return read.hours;
  };
  return async ({ hoursBetweenFailures: set = null }, origin) => {
    if (set !== null) return { hours: set, from: 'set' };
    const hours = await measured();
    return hours === null
      ? { hours: assumedHours(isColab(origin)), from: 'assumed' }
      : { hours, from: 'history' };
  };
};
