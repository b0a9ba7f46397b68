import { expect, it, describe } from 'vitest';
import { nextSave, planVerdict, saveInterval } from './saves.ts';
import { beginRun, type Run, type RunPlan } from './run.ts';

const plan = (changes: Partial<RunPlan>): RunPlan => ({
  maxSteps: 600,
  saveSteps: 100,
  saveStrategy: 'steps',
  saveTotalLimit: 3,
  ...changes,
});
const at = (step: number, changes: Partial<RunPlan> = {}): Run => ({
  ...beginRun({
    id: '',
    kernelId: '',
    executionId: '',
    cellId: null,
    source: '',
    startedAt: 0,
    plan: plan(changes),
    folder: { kind: 'unknown' },
  }),
  sightings: { table: { step, total: 600, at: 0 }, bar: null, log: null },
});

it.each([
  [plan({}), 600, 100],
  [plan({ saveSteps: 0.1 }), 600, 60],
  [plan({ saveSteps: 0.1 }), null, null],
  [plan({ saveStrategy: 'epoch' }), 600, null],
  [plan({ saveStrategy: 'no' }), 600, null],
  [plan({ saveSteps: null }), 600, null],
  [plan({ saveStrategy: null }), 600, 100],
])('the interval of %j in a run of %s steps is %s', (given, total, interval) => {
  expect(saveInterval(given, total)).toBe(interval);
});

describe('the next save', () => {
  it.each([
    [0, 100],
    [99, 100],
    [100, 200],
    [451, 500],
    [600, 600],
  ])('after step %i comes at %i', (step, next) => expect(nextSave(at(step))).toBe(next));

  describe('that was passed', () => {
    const passed = (lookedAt: number | null, changes: Partial<Run> = {}): Run => ({
      ...at(103),
      folder: { kind: 'known', asWritten: 'o', onServer: 'o', from: 'source', seen: false },
      sightings: { table: { step: 103, total: 600, at: 5000 }, bar: null, log: null },
      timings: [
        { step: 60, at: 2000 },
        { step: 101, at: 4000 },
      ],
      lookedAt,
      ...changes,
    });
    const saved: Run['checkpoints'][number] = {
      name: 'checkpoint-100',
      step: 100,
      sizeBytes: null,
      modifiedAt: null,
      integrity: { kind: 'unchecked' },
      trainerState: null,
      origin: 'this-run',
      gone: false,
    };

    it.each([
      ['stays the next one before any look', passed(null), 100],
      ['and as long as the last look was earlier', passed(3000), 100],
      ['not when a later look did not find it', passed(4500), 200],
      ['not when it was found', passed(3000, { checkpoints: [saved] }), 200],
      [
        'found by an earlier run is not found',
        passed(3000, { checkpoints: [{ ...saved, origin: 'earlier' }] }),
        100,
      ],
      ['not where no folder can be looked at', passed(null, { folder: { kind: 'unknown' } }), 200],
    ] as const)('%s', (_name, run, next) => expect(nextSave(run)).toBe(next));
  });

  it('is the last step when the interval is longer than what is left', () =>
    expect(nextSave(at(10, { saveSteps: 500 }))).toBe(500));

  it('is not known when nothing is known', () => expect(nextSave(at(10, { saveSteps: null }))).toBeNull());
});

it.each([
  [{}, 'saves'],
  [{ maxSteps: 60, saveSteps: 500 }, 'never-before-end'],
  [{ maxSteps: 500, saveSteps: 500 }, 'never-before-end'],
  [{ saveStrategy: 'no' }, 'no'],
  [{ saveStrategy: 'epoch' }, 'saves'],
  [{ maxSteps: null }, 'unknown'],
  [{ saveSteps: null }, 'unknown'],
] as const)('a plan with %j means "%s"', (changes, verdict) =>
  expect(planVerdict(plan(changes))).toBe(verdict),
);
