import type { LossCause } from '../recovery/diagnosis.ts';
import { endOf, type HistoryRun } from './history-run.ts';

/** How long a run was under way, and how that ended. Times are milliseconds since the epoch by the browser's clock. */
export interface RunSpan {
  readonly runId: string;
  readonly notebookId: string;
  readonly startedAt: number;
  /** `null`: it is not known to have ended. */
  readonly endedAt: number | null;
  /** When it was last seen alive, where it has no end. */
  readonly seenAt: number;
  readonly ended: 'running' | 'finished' | 'interrupted' | 'error' | 'lost';
  /** Of a lost one. */
  readonly cause: LossCause | null;
}

/**
 * What a mean time between failures is measured from, oldest first: every run of the history with its beginning and its end.
 * Which endings are failures is for the reader to say: a run that was interrupted by hand is none of the machine's, and one that
 * finished only tells how long nothing happened.
 */
export const failures = (history: readonly HistoryRun[]): readonly RunSpan[] =>
  history
    .map((run): RunSpan => ({
      runId: run.id,
      notebookId: run.notebookId,
      startedAt: run.startedAt,
      endedAt: endOf(run),
      seenAt: run.seenAt,
      ended: endingOf(run),
      cause: run.phase.kind === 'lost' ? run.phase.cause : null,
    }))
    .toSorted((a, b) => a.startedAt - b.startedAt);

const endingOf = ({ phase }: HistoryRun): RunSpan['ended'] => {
  switch (phase.kind) {
    case 'training':
      return 'running';
    case 'finished':
    case 'lost':
      return phase.kind;
    case 'stopped':
      return phase.reason.kind;
    default:
      return phase satisfies never;
  }
};
