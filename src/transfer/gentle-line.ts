import { stat } from '../runtime/contents.ts';
import { pause, type Line, type Way } from './line.ts';
import { firstPace, nextPace } from './pace.ts';

export interface GentleOptions {
  /** In bytes per second; `null`: as fast as the server's answers allow. */
  readonly limit: number | null;
  /** A folder of the server that can be asked about. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly now?: () => number;
}

/** How often the server is asked how quick it is. */
const PROBE_EVERY_MS = 1000;
/** Silence for that long is slow enough to be sure. */
const PROBE_STALL_MS = 10_000;
/** Shorter rests than this are saved up: a timer is not exact to the millisecond. */
const SHORTEST_REST_MS = 25;

/**
 * A line for what may wait: one question after the other, bytes no faster than the pace, which is taken from the server's
 * own answers before the first byte and about once a second after that (see `pace.ts`).
 */
export const gentleLine = (
  line: Line,
  { limit, folder, signal, now = performance.now.bind(performance) }: GentleOptions,
): Line => {
  const state = { pace: firstPace(limit), probedAt: -Infinity, freeAt: 0, before: Promise.resolve() };

  const probe = async ({ address, access }: Way): Promise<void> => {
    if (now() - state.probedAt < PROBE_EVERY_MS) return;
    const askedAt = now();
    state.probedAt = askedAt;
    const answer = await stat(address, folder, { ...access, stallMs: PROBE_STALL_MS });
    state.probedAt = now();
    const isAnswer = answer.ok || answer.failure.kind === 'not-found' || answer.failure.kind === 'stalled';
    if (isAnswer) state.pace = nextPace(state.pace, now() - askedAt, limit);
  };

  const rest = async (way: Way, bytes: number): Promise<void> => {
    await probe(way);
    state.freeAt = Math.max(state.freeAt, now()) + (bytes * 1000) / state.pace.bytesPerSecond;
    const ms = state.freeAt - now();
    if (ms >= SHORTEST_REST_MS) await pause(ms, signal);
  };

  return {
    ask(question) {
      const answer = state.before.then(() =>
        line.ask(async (way) => {
          await probe(way);
          const afterBytes = (bytes: number): Promise<void> => rest(way, bytes);
          return question({ ...way, access: { ...way.access, afterBytes } });
        }),
      );
      state.before = answer.then(
        () => undefined,
        () => undefined,
      );
      return answer;
    },
  };
};
