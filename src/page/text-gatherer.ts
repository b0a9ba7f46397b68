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
 * @param setTimer The page's own `setTimeout`. No timer starts another one: chains of them are let wait for a minute
 *   where the tab is in the background.
 */
export const createTextGatherer = <Stream>(
  setTimer: (run: () => void, ms: number) => void,
): TextGatherer<Stream> => {
  const state: { waiting: Waiting<Stream> | null; timer: boolean } = { waiting: null, timer: false };

  const flush = (): void => {
    const { waiting } = state;
    if (waiting === null) return;
    state.waiting = null;
    waiting.read(waiting.pieces.join(''));
  };
  const startTimer = (): void => {
    state.timer = true;
    setTimer(() => {
      state.timer = false;
      flush();
    }, INTERVAL_MS);
  };

  return {
    add(stream, text, read) {
      if (state.waiting !== null && state.waiting.stream !== stream) flush();
      if (!state.timer) {
        startTimer();
        return read(text);
      }
      state.waiting ??= { stream, read, pieces: [], length: 0 };
      state.waiting.pieces.push(text);
      state.waiting.length += text.length;
      if (state.waiting.length >= MAX_LENGTH) flush();
    },
    flush,
  };
};
