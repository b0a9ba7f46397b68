import type { PastRun } from '../run/plan/failures.ts';
import type { LossCause } from '../recovery/diagnosis.ts';
import { endOf, type HistoryRun } from './history-run.ts';

/** What of a run tells how long it went and how it ended. */
export type RunSpan = Pick<HistoryRun, 'notebookId' | 'startedAt' | 'phase' | 'seenAt'>;

/** As a user restarts or shuts down a kernel; nobody can tell it from a server that does so by itself. */
const OWN_DEEDS: ReadonlySet<LossCause> = new Set(['kernel-restarted', 'kernel-shut-down']);

/**
 * Runs of the history as the time between failures is worked out from them. One that trains was seen so far; one that went
 * while nobody looked is left out, for it is not known how long it went.
 */
export const pastRuns = (runs: readonly RunSpan[]): readonly PastRun[] =>
  runs
    .filter(({ phase }) => phase.kind !== 'lost' || phase.cause !== 'gone-while-away')
    .map((run) => ({ startedAt: run.startedAt, endedAt: endOf(run) ?? run.seenAt, ended: howEnded(run) }));

const howEnded = ({ phase }: RunSpan): PastRun['ended'] => {
  if (phase.kind === 'finished') return 'finished';
  return phase.kind === 'lost' && !OWN_DEEDS.has(phase.cause) ? 'lost' : 'stopped';
};
