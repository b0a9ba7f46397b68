import type { RuntimeFailure } from './failure.ts';

/** Watches over one request: aborts it when nothing is heard for `stallMs`, or when the caller aborts. */
export interface StallWatch {
  readonly signal: AbortSignal;
  /** Call at every sign of life. */
  readonly heard: () => void;
  /** Call when the silence is our own; the next `heard` ends it. */
  readonly pause: () => void;
  /** Call when the request is over, whichever way. */
  readonly stop: () => void;
  /** Why the request was aborted, `null` if it was not. */
  readonly verdict: () => RuntimeFailure | null;
}

export function watchForStall(stallMs: number, outer: AbortSignal | undefined): StallWatch {
  const stalled = new AbortController();
  const arm = () => setTimeout(() => stalled.abort(), stallMs);
  let timer = arm();
  const stop = () => clearTimeout(timer);
  return {
    signal: outer === undefined ? stalled.signal : AbortSignal.any([stalled.signal, outer]),
    heard: () => {
      stop();
      timer = arm();
    },
    pause: stop,
    stop,
    verdict: () => {
      if (outer?.aborted === true) return { kind: 'aborted' };
      return stalled.signal.aborted ? { kind: 'stalled', afterMs: stallMs } : null;
    },
  };
}
