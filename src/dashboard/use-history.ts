import { useCallback, useEffect, useState } from 'preact/hooks';
import type { HistoryRun } from '../core/history/history-run.ts';
import type { HistoryFresh } from '../protocol/background-message.ts';
import type { HistoryDoor } from './history-door.ts';

/** A run that trains changes ten times a second; the page reads at most this often. */
const READ_INTERVAL_MS = 2000;

export interface ReadHistory {
  readonly runs: readonly HistoryRun[];
  /** `null`: the background has not answered yet. */
  readonly fresh: HistoryFresh | null;
  readonly notes: { readonly dropped: number; readonly setAside: number };
}
export type HistoryState =
  { readonly kind: 'reading' } | { readonly kind: 'unreadable' } | ({ readonly kind: 'read' } & ReadHistory);

/** The history, read at once as it lies there, then with what the background knows, and again while runs change. */
export const useHistory = (
  door: HistoryDoor,
  clock: () => number,
): { readonly state: HistoryState; readonly readAgain: () => void } => {
  const [state, setState] = useState<HistoryState>({ kind: 'reading' });
  const [request, setRequest] = useState(0);
  const readAgain = useCallback(() => setRequest((count) => count + 1), []);

  useEffect(() => readWhileChanging(door, clock, readAgain), [door, clock, readAgain]);
  useEffect(() => {
    let superseded = false;
    const show = (next: ReadHistory): void => {
      if (!superseded)
        setState((before) => ({ kind: 'read', ...(before.kind === 'read' ? kept(before, next) : next) }));
    };
    void readTwice(door, show).catch(() => {
      if (!superseded) setState((before) => (before.kind === 'read' ? before : { kind: 'unreadable' }));
    });
    return () => {
      superseded = true;
    };
  }, [door, request]);
  return { state, readAgain };
};

/** What the background said stays until it speaks again; what was set aside is told as long as the page is open. */
const kept = (before: ReadHistory, next: ReadHistory): ReadHistory => ({
  runs: next.runs,
  fresh: next.fresh ?? before.fresh,
  notes: { ...next.notes, setAside: Math.max(before.notes.setAside, next.notes.setAside) },
});

const readTwice = async (door: HistoryDoor, show: (history: ReadHistory) => void): Promise<void> => {
  const runs = await door.runs();
  const notes = await door.notes();
  show({ runs, fresh: null, notes });
  if (notes.setAside > 0) await door.told();
  const fresh = await door.fresh().catch(() => null);
  if (fresh !== null) show({ runs: await door.runs(), fresh, notes });
};

/** Nobody reads while the page is not seen; when it is seen again it is read once. */
const readWhileChanging = (door: HistoryDoor, clock: () => number, read: () => void): (() => void) => {
  const stop = new AbortController();
  let readAt = clock();
  let waits: ReturnType<typeof setTimeout> | null = null;
  const soon = (): void => {
    if (waits !== null || document.visibilityState === 'hidden') return;
    waits = setTimeout(
      () => {
        waits = null;
        readAt = clock();
        read();
      },
      Math.max(0, readAt + READ_INTERVAL_MS - clock()),
    );
  };
  door.onChange(soon, stop.signal);
  document.addEventListener('visibilitychange', soon, { signal: stop.signal });
  return () => {
    stop.abort();
    if (waits !== null) clearTimeout(waits);
  };
};
