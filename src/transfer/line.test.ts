import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { Reached } from '../protocol/transfer-message.ts';
import { openLine, type Way } from './line.ts';

const server = (token: string): Reached => ({
  address: { origin: 'http://localhost:8888', basePath: '/' },
  access: { token },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setUp = (renewed: readonly (Reached | null)[] = []) => {
  const waits: number[] = [];
  const stopping = new AbortController();
  const fresh = [...renewed];
  const line = openLine({
    server: server('first'),
    signal: stopping.signal,
    renew: async () => fresh.shift() ?? null,
    onTryingAgain: (_why, nextAt) => void waits.push(nextAt - Date.now()),
  });
  /** Answers with one failure after the other, then with the token that was used. */
  const ask = (...failures: readonly ServerTrouble[]) => {
    const left = [...failures];
    return line.ask(async ({ access }: Way): Promise<Result<string | undefined, ServerTrouble>> => {
      const failure = left.shift();
      return failure === undefined ? ok(access.token) : fail(failure);
    });
  };
  return { line, ask, waits, stopping };
};

const down: ServerTrouble = { kind: 'server-error', status: 502 };
const signedOut: ServerTrouble = { kind: 'signed-out' };

describe('a failure that may pass', () => {
  it('is waited for, longer each time, and not longer than half a minute', async () => {
    const { ask, waits } = setUp();
    const answer = ask(down, down, down, down, down, down, down);
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(ok('first'));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('begins with a short wait again after a good answer', async () => {
    const { ask, waits } = setUp();
    for (const answer of [ask(down, down), ask(down)]) {
      await vi.runAllTimersAsync();
      await answer;
    }
    expect(waits.at(-1)).toBeLessThanOrEqual(2000);
  });

  it('is waited for as long as the server says', async () => {
    const { ask, waits } = setUp();
    const answer = ask({ kind: 'too-many-requests', retryAfterMs: 90_000 });
    await vi.runAllTimersAsync();
    await answer;
    expect(waits).toEqual([90_000]);
  });

  it('is given up after half an hour without one good answer', async () => {
    const { line } = setUp();
    const answer = line.ask(async () => fail(down));
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(fail(down));
  });

  it('is given up soon where the server answers the same for ever', async () => {
    const { ask, waits } = setUp();
    const broken: ServerTrouble = { kind: 'server-error', status: 500 };
    const answer = ask(...Array.from({ length: 9 }, () => broken));
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(fail(broken));
    expect(waits).toHaveLength(4);
  });
});

it.each<ServerTrouble>([
  { kind: 'not-found' },
  { kind: 'conflict' },
  { kind: 'disk-full' },
  { kind: 'not-understood', status: 200 },
  { kind: 'no-range' },
])('$kind is no use to ask again about', async (failure) => {
  const { ask, waits } = setUp();
  expect(await ask(failure)).toEqual(fail(failure));
  expect(waits).toEqual([]);
});

describe('who is not known any more', () => {
  it('asks for fresh proof and goes on at once', async () => {
    const { ask, waits } = setUp([server('second')]);
    expect(await ask(signedOut)).toEqual(ok('second'));
    expect(waits).toEqual([]);
  });

  it('waits where there is none, and takes it when there is', async () => {
    const { ask, waits } = setUp([null, server('later')]);
    const answer = ask(signedOut);
    await vi.runAllTimersAsync();
    expect(await answer).toEqual(ok('later'));
    expect(waits).toHaveLength(1);
  });
});

it('stopped while it waits, it ends at once', async () => {
  const { ask, stopping } = setUp();
  const answer = ask(down);
  await vi.advanceTimersByTimeAsync(10);
  stopping.abort();
  expect(await answer).toEqual(fail({ kind: 'aborted' }));
});
