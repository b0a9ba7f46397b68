import type { Curves } from '../core/history/curves.ts';
import type { HistoryRun } from '../core/history/history-run.ts';
import type { HistoryFresh } from '../protocol/background-message.ts';

/** The page's only line to the rest: the history in this browser, and the background that writes it. */
export interface HistoryDoor {
  /** All runs, newest first. */
  runs(): Promise<readonly HistoryRun[]>;
  curves(runId: string): Promise<Curves>;
  remove(runId: string): Promise<void>;
  removeAll(): Promise<void>;
  /** What happened to the history by itself: runs dropped for room, records set aside since that was told last. */
  notes(): Promise<{ readonly dropped: number; readonly setAside: number }>;
  told(): Promise<void>;
  /** Has the background write down what it knows of runs under way. */
  fresh(): Promise<HistoryFresh>;
  /** Calls back whenever a run may have changed, until the signal aborts. */
  onChange(listener: () => void, signal: AbortSignal): void;
}
