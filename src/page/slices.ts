/**
 * Work in slices: one after the other, in the order it came, and never longer at a time than the page can spare. What
 * fits into the time is done at once, so that most work is done when `add` returns.
 */
export interface Slices {
  /** @param slice Does a small part; true when more is left to do. What it throws ends this work only. */
  add(slice: () => boolean): void;
}

/**
 * A frame at 60 Hz has 16 ms; the page's own work comes first. Before the browser has compiled what a slice does, one can
 * take 5: with 2 before it, that stays under 8.
 */
const BUDGET_MS = 2;

/**
 * @param clock Milliseconds, finer than one.
 * @param later Calls back in a task of its own, not throttled where the tab is in the background.
 */
export const createSlices = (clock: () => number, later: (run: () => void) => void): Slices => {
  const waiting: (() => boolean)[] = [];
  const state: { mode: 'idle' | 'running' | 'scheduled' } = { mode: 'idle' };

  const run = (): void => {
    state.mode = 'running';
    const until = clock() + BUDGET_MS;
    let done = 0;
    for (let next = waiting[done]; next !== undefined; next = waiting[done]) {
      if (!hasMore(next)) done += 1;
      if (clock() >= until) break;
    }
    waiting.splice(0, done);
    state.mode = waiting.length === 0 ? 'idle' : 'scheduled';
    if (state.mode === 'scheduled') later(run);
  };

  return {
    add(slice) {
      waiting.push(slice);
      if (state.mode === 'idle') run();
    },
  };
};

const hasMore = (slice: () => boolean): boolean => {
  try {
    return slice();
  } catch {
    return false;
  }
};

/** A task of its own by a message to oneself: a timer would wait for 4 ms, and for a second in a hidden tab. */
export const messageTasks = (): ((run: () => void) => void) => {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
};
