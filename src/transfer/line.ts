import type { Result } from '../core/result.ts';
import { fail, ok } from '../core/result.ts';
import type { Reached } from '../protocol/transfer-message.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { Access } from '../runtime/json-reply.ts';
import type { ServerAddress } from '../runtime/server-address.ts';

/** Whom to ask, with what proves that we may. */
export interface Way {
  readonly address: ServerAddress;
  readonly access: Access;
}

/** A server that is asked for a long time, over a line that breaks. */
export interface Line {
  /**
   * Asks until there is an answer, or a failure that asking again can't cure. Waits longer after each failure in a row; when
   * the server no longer knows us, fresh proof is asked for first. `aborted` when the task was stopped.
   */
  ask<T, F extends ServerTrouble>(
    question: (way: Way) => Promise<Result<T, F>>,
  ): Promise<Result<T, F | ServerTrouble>>;
}

export interface LineOptions {
  readonly server: Reached;
  readonly signal: AbortSignal;
  /** Asks the background for a way to the server; `null`: there is none at the moment. */
  readonly renew: () => Promise<Reached | null>;
  readonly onTryingAgain: (why: ServerTrouble, nextAt: number) => void;
  /** Longest silence before a request counts as stalled, in milliseconds. */
  readonly stallMs?: number;
  readonly now?: () => number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** After that long without one good answer a person has to look. */
const PATIENCE_MS = 30 * 60_000;
/** A server may answer 500 or 403 for ever for one file, and 502 only while it is started anew. */
const MAX_PLAIN_ERRORS = 5;
const isPlain = (failure: ServerTrouble): boolean =>
  failure.kind === 'forbidden' ||
  failure.kind === 'cross-site' ||
  (failure.kind === 'server-error' && failure.status === 500);

interface LineState {
  server: Reached;
  /** When the last good answer came. */
  goodAt: number;
  /** In a row. */
  failures: number;
  plainErrors: number;
  waiting: Promise<void> | null;
}

export const openLine = ({
  server,
  signal,
  renew,
  onTryingAgain,
  stallMs,
  now = Date.now,
}: LineOptions): Line => {
  const state: LineState = { server, goodAt: now(), failures: 0, plainErrors: 0, waiting: null };

  const way = (): Way => ({
    address: state.server.address,
    access: {
      ...(state.server.access.token === undefined ? {} : { token: state.server.access.token }),
      ...(state.server.access.proof === undefined ? {} : { proof: state.server.access.proof }),
      ...(stallMs === undefined ? {} : { stallMs }),
      signal,
    },
  });

  /** Questions that fail side by side wait together, and count as one failure. */
  const wait = (why: ServerTrouble): Promise<void> => {
    state.waiting ??= waitOnce(why).finally(() => {
      state.waiting = null;
    });
    return state.waiting;
  };

  const waitOnce = async (why: ServerTrouble): Promise<void> => {
    state.failures += 1;
    if (isRefusal(why) && (await renewed())) return;
    const ms = waitMs(why, state.failures);
    onTryingAgain(why, now() + ms);
    await pause(ms, signal);
    if (isRefusal(why)) await renewed();
  };

  const renewed = async (): Promise<boolean> => {
    const before = JSON.stringify(state.server);
    const fresh = await renew();
    if (fresh === null) return false;
    state.server = fresh;
    // The same proof again is no cure, but for a server that logs us in by a cookie of its own.
    return JSON.stringify(fresh) !== before;
  };

  return {
    async ask(question) {
      for (;;) {
        if (signal.aborted) return fail({ kind: 'aborted' });
        const asked = state.server;
        const answer = await question(way());
        if (answer.ok) {
          state.goodAt = now();
          state.failures = 0;
          state.plainErrors = 0;
          return ok(answer.value);
        }
        const { failure } = answer;
        if (signal.aborted) return fail({ kind: 'aborted' });
        if (isPlain(failure)) state.plainErrors += 1;
        if (!isPassing(failure) || state.plainErrors >= MAX_PLAIN_ERRORS) return fail(failure);
        if (now() - state.goodAt > PATIENCE_MS) return fail(failure);
        // Another question may have got fresh proof meanwhile.
        if (!(isRefusal(failure) && asked !== state.server)) await wait(failure);
      }
    },
  };
};

const isRefusal = ({ kind }: ServerTrouble): boolean =>
  kind === 'signed-out' || kind === 'forbidden' || kind === 'cross-site';

/** What may pass: the line, the server's state, a login. `forbidden` is often a token that ran out (Colab). */
const isPassing = (failure: ServerTrouble): boolean => {
  switch (failure.kind) {
    case 'unreachable':
    case 'stalled':
    case 'server-error':
    case 'server-stopped':
    case 'too-many-requests':
    case 'signed-out':
    case 'forbidden':
    case 'cross-site':
    case 'no-server':
      return true;
    case 'not-found':
    case 'conflict':
    case 'disk-full':
    case 'too-large':
    case 'not-understood':
    case 'aborted':
    case 'no-range':
    case 'corrupted':
    case 'tree-too-large':
      return false;
    default:
      return failure satisfies never;
  }
};

const waitMs = (why: ServerTrouble, failures: number): number => {
  const said = why.kind === 'too-many-requests' ? (why.retryAfterMs ?? 0) : 0;
  const ours = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(said, ours);
};

/** Waits, or until the task is stopped. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
