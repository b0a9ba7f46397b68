import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  changesOf,
  NOTHING_CHANGED,
  withChanges,
  type AskedChange,
} from './asked-changes.ts';
import type { SavePhase } from './asked-save.ts';

const once = { kind: 'once', stop: false } as const;
const none: SavePhase = { kind: 'none' };
const asking: SavePhase = { kind: 'asking', wish: once, since: 1 };
const pending: SavePhase = { kind: 'pending', wish: once, since: 1 };
const saved: SavePhase = {
  kind: 'saved',
  stop: false,
  path: '/w/out/checkpoint-451',
  step: 451,
  sizeBytes: 9,
  tookMs: 4,
  at: 2,
};
const failed = (code: Extract<SavePhase, { kind: 'failed' }>['code']): SavePhase => ({
  kind: 'failed',
  code,
  message: '',
  at: 2,
});
const madeAt451 = { kind: 'saved', step: 451, name: 'checkpoint-451', stop: false, at: 9 };

describe('what was changed in a run on its user’s wish', () => {
  it.each<[string, SavePhase, SavePhase, readonly unknown[]]>([
    ['a save', pending, saved, [madeAt451]],
    ['a save that was made at once', asking, saved, [madeAt451]],
    ['a save that ends the run', pending, { ...saved, stop: true }, [{ ...madeAt451, stop: true }]],
    ['one that failed', pending, failed('disk-full'), [{ kind: 'not-saved', step: 440, at: 9 }]],
    ['one that was taken back', pending, failed('taken-back'), [{ kind: 'taken-back', step: 440, at: 9 }]],
    ['one of which nobody knows', asking, failed('timeout'), []],
    ['a wish alone', asking, pending, []],
    ['the same end told again', saved, saved, []],
    ['nothing', none, none, []],
  ])('%s', (_, before, after, changes) => {
    const told = changesBetween({ phase: before, every: null }, { phase: after, every: null }, 440, 9);
    expect(told).toEqual(changes);
  });

  it('a save every so many steps, with other numbers, and taken back', () => {
    const between = (before: number | null, after: number | null) =>
      changesBetween(
        { phase: none, every: before === null ? null : { steps: before, from: 120 } },
        { phase: none, every: after === null ? null : { steps: after, from: 130 } },
        300,
        9,
      );
    expect(between(null, 50)).toEqual([{ kind: 'every', steps: 50, step: 130, at: 9 }]);
    expect(between(50, 50)).toEqual([]);
    expect(between(50, 20)).toEqual([{ kind: 'every', steps: 20, step: 130, at: 9 }]);
    expect(between(50, null)).toEqual([{ kind: 'every-ended', steps: 50, step: 300, at: 9 }]);
  });

  it('is kept for its own run, the newest of it', () => {
    const change = (at: number): AskedChange => ({ kind: 'not-saved', step: null, at });
    const first = withChanges(NOTHING_CHANGED, 'a', [change(1)]);
    expect(withChanges(first, 'a', [])).toBe(first);
    expect(changesOf(withChanges(first, 'a', [change(2)]), 'a')).toHaveLength(2);
    expect(changesOf(first, 'b')).toEqual([]);
    expect(withChanges(first, 'b', [change(3)])).toEqual({ runId: 'b', changes: [change(3)] });
    const many = Array.from({ length: 300 }, (_, at) => change(at));
    expect(changesOf(withChanges(first, 'a', many), 'a').at(-1)).toEqual(change(299));
    expect(changesOf(withChanges(first, 'a', many), 'a')).toHaveLength(200);
  });
});
