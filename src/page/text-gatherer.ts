/**
 * Joins what a stream prints in many small messages. What comes after a pause is read at once; what follows within the
 * next 100 ms is read together, so that a bar which is redrawn a thousand times a second costs the page ten readings.
 */
export interface TextGatherer<Stream> {
  /** @param read Takes the text of this stream, joined with what it printed just before. Kept from the first of them. */
  add(stream: Stream, text: string, read: (text: string) => void): void;
  /** Has everything read that waits: something else is about to be told, and comes after it. */
  flush(): void;
}

const INTERVAL_MS = 100;
/** Characters that wait at most. */
const MAX_LENGTH = 32 * 1024;

interface Waiting<Stream> {
  readonly stream: Stream;
  readonly read: (text: string) => void;
  readonly pieces: string[];
  length: number;
}

/**
 * @param now Milliseconds of any clock; where it jumps, text is read at once.
 * @param setTimer The page's own `setTimeout`, asked only when something waits: what prints now and then costs no timer.
 *   None is started from another one: chains of them are let wait for a minute where the tab is in the background.
 */
export const createTextGatherer = <Stream>(
  now: () => number,
  setTimer: (run: () => void, ms: number) => void,
): TextGatherer<Stream> => {
  const state: { waiting: Waiting<Stream> | null; timer: boolean; readAt: number } = {
    waiting: null,
    timer: false,
    readAt: -Infinity,
  };

  const flush = (): void => {
    const { waiting } = state;
    if (waiting === null) return;
    state.waiting = null;
    state.readAt = now();
    waiting.read(waiting.pieces.join(''));
  };
  const startTimer = (ms: number): void => {
    if (state.timer) return;
    state.timer = true;
    setTimer(() => {
      state.timer = false;
      flush();
    }, ms);
  };

  return {
    add(stream, text, read) {
      if (state.waiting !== null && state.waiting.stream !== stream) flush();
      const at = now();
      const passed = at - state.readAt;
      if (state.waiting === null && (passed < 0 || passed >= INTERVAL_MS)) {
        state.readAt = at;
        return read(text);
      }
      state.waiting ??= { stream, read, pieces: [], length: 0 };
      state.waiting.pieces.push(text);
      state.waiting.length += text.length;
      if (state.waiting.length >= MAX_LENGTH) flush();
      else startTimer(INTERVAL_MS - passed);
    },
    flush,
  };
};
