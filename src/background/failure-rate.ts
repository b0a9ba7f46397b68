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

/** The machine's name in an address; a server of one's own has another port each time. */
const hostOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).hostname : null);

/**
 * The time between failures on a site: as its user said, else as this browser's own runs on that host show, else as is
 * assumed of such a site. Nobody waits for the history: what it shows comes with the next question, and one that cannot be read shows
 * nothing new.
 */
export const createFailureRate = (
  history: { runs(): Promise<readonly RunSpan[]> },
  now: () => number,
): ((settings: Settings, origin: string) => FailureRate) => {
  const read: { at: number; runs: readonly RunSpan[] } = { at: -Infinity, runs: [] };
  const readIfDue = (): void => {
    if (now() - read.at < READ_AGAIN_MS) return;
    read.at = now();
    void history
      .runs()
      .then((runs) => (read.runs = runs))
      .catch(() => undefined);
  };
  return ({ hoursBetweenFailures: set = null }, origin) => {
    if (set !== null) return { hours: set, from: 'set' };
    readIfDue();
    const host = hostOf(origin);
    const measured = measuredMtbf(
      pastRuns(read.runs.filter(({ notebookId }) => hostOf(notebookId) === host)),
    );
    return measured === null
      ? { hours: assumedHours(isColab(origin)), from: 'assumed' }
      : { hours: measured, from: 'history' };
  };
};
