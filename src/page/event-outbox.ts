import type { PageEvent } from '../protocol/page-event.ts';

type OutputEvent = Extract<PageEvent, { kind: 'output' }>;

/** Progress is told at most this often; anything that happened (a save, an end, a kernel's state) goes at once. */
const PROGRESS_INTERVAL_MS = 500;
/** Kept while the content script is not connected yet. */
const MAX_WAITING = 400;

export interface EventOutbox {
  add(event: PageEvent): void;
  /** From now on batches go there. */
  connect(send: (events: readonly PageEvent[]) => void): void;
}

/**
 * Gathers events into few messages: redraws of a progress bar replace each other, and a timer runs only while one
 * waits. `setTimer` is the page's own `setTimeout`.
 */
export const createEventOutbox = (setTimer: (run: () => void, ms: number) => void): EventOutbox => {
  const waiting: PageEvent[] = [];
  const progress = new Map<string, OutputEvent>();
  const state: { send: ((events: readonly PageEvent[]) => void) | null; timer: boolean; soon: boolean } = {
    send: null,
    timer: false,
    soon: false,
  };

  const flush = (): void => {
    state.soon = false;
    if (state.send === null) {
      waiting.splice(0, Math.max(0, waiting.length - MAX_WAITING));
      return;
    }
    const batch = [...waiting.splice(0, MAX_WAITING), ...progress.values()];
    progress.clear();
    if (batch.length > 0) state.send(batch);
  };
  const flushSoon = (): void => {
    if (state.soon) return;
    state.soon = true;
    queueMicrotask(flush);
  };
  const flushLater = (): void => {
    if (state.timer) return;
    state.timer = true;
    setTimer(() => {
      state.timer = false;
      flush();
    }, PROGRESS_INTERVAL_MS);
  };

  return {
    add(event) {
      if (event.kind === 'output' && event.events.every(({ kind }) => kind === 'progress')) {
        progress.set(event.executionId, merge(progress.get(event.executionId), event));
        return flushLater();
      }
      // What was seen before something happened is told before it: a step after a loss would not count.
      waiting.push(...progress.values(), event);
      progress.clear();
      flushSoon();
    },
    connect(send) {
      state.send = send;
      flush();
    },
  };
};

/**
 * A newer redraw replaces an older one, but a loss line, a bar and a table say different things: the last of each is
 * kept, and a bar of another length (an evaluation inside a training) does not push the training's own out.
 */
const merge = (older: OutputEvent | undefined, newer: OutputEvent): OutputEvent => {
  if (older === undefined) return newer;
  const lastOf = new Map(
    [...older.events, ...newer.events].map((event) => [`${event.total}/${event.loss !== undefined}`, event]),
  );
  return { ...newer, events: [...lastOf.values()].slice(-20), table: newer.table ?? older.table };
};
