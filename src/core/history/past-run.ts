import type { PastRun } from '../run/plan/failures.ts';
import { endOf, type HistoryRun } from './history-run.ts';

/** A run of the history, told as the time between failures is worked out from. One that trains was seen so far. */
export const pastRun = (run: Pick<HistoryRun, 'startedAt' | 'phase' | 'seenAt'>): PastRun => ({
  startedAt: run.startedAt,
  endedAt: endOf(run) ?? run.seenAt,
  ended: run.phase.kind === 'lost' || run.phase.kind === 'finished' ? run.phase.kind : 'stopped',
});
