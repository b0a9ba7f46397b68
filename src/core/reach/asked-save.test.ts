import { describe, expect, it } from 'vitest';
import {
  answered,
  isAwaited,
  nextAskedSave,
  NOTHING_ASKED,
  notHeard,
  ofRun,
  reachWish,
  tookAnswer,
  wished,
  type AskedSaves,
} from './asked-save.ts';
import type { ReachState } from './reach-answer.ts';

const once = { kind: 'once', stop: false } as const;
const fresh = ofRun(NOTHING_ASKED, 'run-1');
const agreed: AskedSaves = { ...fresh, agreed: true };
const state = (more: Partial<ReachState>): ReachState => ({
  trains: { kind: 'trains', framework: 'pytorch' },
  once: { kind: 'none' },
  every: { kind: 'none' },
  everySteps: null,
  names: null,
  ...more,
});
const pending = { kind: 'pending', framework: 'pytorch' } as const;
const saved = {
  kind: 'saved',
  framework: 'pytorch',
  path: '/w/out/checkpoint-7',
  step: 7,
  bytes: 9,
  ms: 4,
} as const;

describe('one checkpoint', () => {
  it('is asked for after the yes, which is asked for once', () => {
    const first = wished(fresh, once, 10);
    expect(first.phase).toEqual({ kind: 'consent', wish: once });
    expect(isAwaited(first)).toBe(false);
    expect(answered(first, false, 11)).toEqual(fresh);
    const yes = answered(first, true, 12);
    expect(yes).toMatchObject({ agreed: true, phase: { kind: 'asking', since: 12 } });
    expect(wished(yes, once, 20).phase.kind).toBe('asking');
    // A yes to nothing is none.
    expect(answered(fresh, true, 13)).toBe(fresh);
  });

  it('is awaited, and then known by its name', () => {
    const asking = wished(agreed, once, 10);
    const waiting = tookAnswer(asking, state({ answer: pending, once: pending }), 5, 11);
    expect(waiting.phase).toEqual({ kind: 'pending', wish: once, since: 10 });
    const end = tookAnswer(waiting, state({ once: saved, names: { models: ['net'] } }), 8, 12);
    expect(end).toMatchObject({
      phase: { kind: 'saved', stop: false, step: 7, path: saved.path, sizeBytes: 9, tookMs: 4, at: 12 },
      made: ['checkpoint-7'],
      names: { models: ['net'] },
    });
    // What comes later changes nothing of an end.
    expect(tookAnswer(end, state({ once: pending }), 9, 13).phase).toEqual(end.phase);
  });

  it.each([
    [state({ answer: { kind: 'refused', code: 'distributed', message: '' } }), 'distributed'],
    [
      state({ answer: { kind: 'failed', framework: 'pytorch', code: 'disk-full', message: 'no room' } }),
      'disk-full',
    ],
  ])('is not made: %j', (said, code) => {
    expect(tookAnswer(wished(agreed, once, 1), said, 1, 2).phase).toMatchObject({ kind: 'failed', code });
  });

  it('was not made where the kernel knows of nothing any more', () => {
    const waiting = tookAnswer(wished(agreed, once, 1), state({ answer: pending }), 1, 2);
    expect(tookAnswer(waiting, state({}), 1, 3).phase).toMatchObject({ code: 'training-ended' });
  });

  it.each([state({}), state({ once: saved })])(
    'whose wish may not have arrived is not claimed: %j',
    (said) => {
      expect(tookAnswer(wished(agreed, once, 1), said, 1, 2).phase).toMatchObject({ code: 'timeout' });
      expect(tookAnswer(wished(agreed, once, 1), state({ once: pending }), 1, 2).phase.kind).toBe('pending');
    },
  );

  it('a kernel that cannot be asked ends only what is awaited', () => {
    expect(notHeard(wished(agreed, once, 1), 'timeout', '', 2).phase).toMatchObject({ code: 'timeout' });
    expect(notHeard(agreed, 'timeout', '', 2)).toBe(agreed);
  });
});

describe('one every so many steps', () => {
  const every = { kind: 'every', steps: 50 } as const;
  it('is under way with the yes of the kernel, until it is taken back', () => {
    const on = tookAnswer(wished(agreed, every, 1), state({ answer: pending, everySteps: 50 }), 123, 2);
    expect(on).toMatchObject({ phase: { kind: 'none' }, every: { steps: 50, from: 123 } });
    expect(tookAnswer(on, state({ everySteps: 50 }), 400, 3).every).toEqual({ steps: 50, from: 123 });
    expect([123, 172, 173, 400, null].map((step) => nextAskedSave(on, step))).toEqual([
      173, 173, 223, 423, 173,
    ]);
    expect(tookAnswer(on, state({}), 400, 3).every).toBeNull();
    expect(nextAskedSave(agreed, 3)).toBeNull();
  });
});

it('the next run begins with nothing asked, but for the yes and the names', () => {
  const before = { ...agreed, names: { models: ['net'] }, made: ['a'], every: { steps: 1, from: 1 } };
  expect(ofRun(before, 'run-1')).toBe(before);
  expect(ofRun(before, 'run-2')).toEqual({
    ...NOTHING_ASKED,
    runId: 'run-2',
    agreed: true,
    names: { models: ['net'] },
  });
});

it('says to the kernel what was wished', () => {
  expect(reachWish(once, null)).toEqual({ do: 'save' });
  expect(reachWish({ kind: 'once', stop: true }, 'out')).toEqual({ do: 'save', stop: true, folder: 'out' });
  expect(reachWish({ kind: 'every', steps: 9 }, null)).toEqual({ do: 'every', every: 9 });
});
