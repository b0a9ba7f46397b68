import { expect, it, describe } from 'vitest';
import { saveInterval } from './plan/save-steps.ts';
import { knownSaves, nextSave, type KnownSaves } from './saves.ts';
import { beginRun, type Run, type RunPlan, type SeenCheckpoint } from './run.ts';
import { newRun, OUTPUTS, PLAN, seenCheckpoint, tableAt } from './run-rig.ts';

const plan = (changes: Partial<RunPlan>): RunPlan => ({ ...PLAN, saveTotalLimit: 3, ...changes });
const at = (step: number, changes: Partial<RunPlan> = {}): Run => ({
  ...beginRun(newRun({ plan: plan(changes), folder: { kind: 'unknown' } })),
  sightings: tableAt(step),
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

const saved = seenCheckpoint(100, { sizeBytes: null, modifiedAt: null, integrity: { kind: 'unchecked' } });

describe('what is known of the saves', () => {
  const looked: Run = {
    ...at(150),
    folder: OUTPUTS,
    baseline: {},
    lookedAt: 1000,
  };
  const holding = (changes: Partial<SeenCheckpoint>): Run => ({
    ...looked,
    checkpoints: [{ ...saved, ...changes }],
  });
  const finished = (endedAt: number): Run => ({
    ...looked,
    phase: { kind: 'finished', at: endedAt, machine: 'same' },
  });
  const cases: readonly (readonly [string, Run, boolean, KnownSaves])[] = [
    ['of a folder that was read and is empty', looked, true, 'seen'],
    ['of one with checkpoints of an earlier run', holding({ origin: 'earlier' }), true, 'seen'],
    ['of one whose checkpoint was removed', holding({ gone: true }), true, 'seen'],
    [
      'of a whole checkpoint',
      holding({ integrity: { kind: 'complete', resumes: 'exactly' } }),
      false,
      'seen',
    ],
    ['of one that is not judged', holding({ integrity: { kind: 'writing' } }), true, 'checking'],
    [
      'of one that is not proven',
      holding({ integrity: { kind: 'unproven', files: ['o'] } }),
      true,
      'none-whole',
    ],
    ['of an empty folder that cannot be read any more', looked, false, 'unknown'],
    ['of one that was never read', { ...looked, baseline: null }, true, 'unknown'],
    ['of an unknown one', { ...looked, folder: { kind: 'unknown' } }, true, 'unknown'],
    [
      'of an empty one, while the log says that it saved',
      { ...looked, announced: { saved: ['outputs/checkpoint-100'], deleted: [], at: 0 } },
      true,
      'unknown',
    ],
    ['of a run that ended after the last look', finished(2000), true, 'checking'],
    ['of a run that ended before it', finished(500), true, 'seen'],
  ];
  it.each(cases)('%s', (_name, run, isRead, expected) => expect(knownSaves(run, isRead)).toBe(expected));
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
      folder: { ...OUTPUTS, seen: false },
      sightings: tableAt(103, 5000),
      timings: [
        { step: 60, at: 2000 },
        { step: 101, at: 4000 },
      ],
      lookedAt,
      ...changes,
    });
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
