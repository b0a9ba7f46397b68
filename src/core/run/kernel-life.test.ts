import { describe, expect, it } from 'vitest';
import {
  RESTART_GRACE_MS,
  stepKernel,
  type KernelEvent,
  type KernelInput,
  type KernelLife,
} from './kernel-life.ts';

type Moment = readonly [KernelInput, number, string?];

const live = (...moments: readonly Moment[]): readonly string[] => {
  const heard: KernelEvent[] = [];
  moments.reduce<KernelLife>(
    (life, [input, at, id = 'k']) => {
      const step = stepKernel(life, input, input === 'none' ? null : id, at);
      heard.push(...step.events);
      return step.life;
    },
    { id: 'k', state: 'alive', since: 0 },
  );
  return heard.map((event) => (event.kind === 'lost' ? `lost: ${event.said}` : event.kind));
};

describe('the life of a kernel', () => {
  it('killed: the server notices and starts another', () =>
    expect(
      live(['restarting', 1], ['autorestarting', 4], ['connecting', 5], ['connected', 60], ['starting', 61]),
    ).toEqual(['lost: died', 'back']));

  it('another kernel on the same line, after the server was away', () =>
    expect(live(['disconnected', 1], ['connected', 60, 'other'], ['idle', 61, 'other'])).toEqual([
      'out-of-reach',
      'lost: not-there',
      'back',
    ]));

  it('another kernel after a reload, whose line is being made when it is first spoken of', () =>
    expect(live(['disconnected', 1], ['connecting', 60, 'other'], ['connected', 61, 'other'])).toEqual([
      'out-of-reach',
      'lost: not-there',
      'back',
    ]));

  it('dead, and another kernel takes its place', () =>
    expect(live(['dead', 1], ['connected', 60, 'other'])).toEqual(['lost: dead', 'back']));

  it('restarted by the user', () =>
    expect(live(['busy', 1], ['restarting', 2], ['connected', 50], ['starting', 300], ['idle', 900])).toEqual(
      ['lost: restarted', 'back'],
    ));

  it('restarted by the user, and nothing more is said', () =>
    expect(live(['restarting', 2], ['clock', 2 + RESTART_GRACE_MS])).toEqual(['lost: restarted', 'back']));

  it('a quick look at the clock does not decide', () =>
    expect(live(['restarting', 2], ['clock', 100])).toEqual([]));

  it('shut down, then started by hand', () =>
    expect(live(['terminating', 1], ['none', 2], ['starting', 90, 'k2'])).toEqual([
      'lost: shut-down',
      'back',
    ]));

  it('another kernel chosen', () => expect(live(['idle', 5, 'k2'])).toEqual(['lost: another', 'back']));

  it('the line is lost and comes back', () =>
    expect(live(['connecting', 1], ['disconnected', 2], ['connected', 3])).toEqual([
      'out-of-reach',
      'in-reach',
    ]));

  it('the server comes back without the kernel', () =>
    expect(live(['connecting', 1], ['dead', 2])).toEqual(['out-of-reach', 'lost: not-there']));

  it('a death is told once', () =>
    expect(live(['autorestarting', 1], ['autorestarting', 2], ['dead', 3])).toEqual(['lost: died']));

  it('work is no event', () => expect(live(['busy', 1], ['idle', 2], ['busy', 3])).toEqual([]));
});
