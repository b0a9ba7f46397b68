import { describe, expect, it } from 'vitest';
import { UNKNOWN_LIMIT, type RunPlan } from '../run.ts';
import { mostAtOnce } from './kept-at-end.ts';
import { forecastSaves } from './save-forecast.ts';
import { savesOf } from './save-steps.ts';

const plan = (changes: Partial<RunPlan> = {}): RunPlan => ({
  maxSteps: 600,
  saveSteps: 100,
  saveStrategy: 'steps',
  saveTotalLimit: null,
  ...changes,
});
const evaluation = { strategy: 'steps', steps: 50, loadsBest: true, hasMetric: false, oldName: false };
const inEpochs = (epochs: number, changes: Partial<RunPlan> = {}): RunPlan =>
  plan({ maxSteps: null, maxEpochs: epochs, ...changes });

describe('the steps at which a run saves', () => {
  it.each([
    [plan(), 600, null, [100, 200, 300, 400, 500, 600]],
    [plan(), 600, '4.41.2', [100, 200, 300, 400, 500, 600]],
    // The last step is saved from 4.42 on.
    [plan({ saveSteps: 250 }), 600, null, [250, 500, 600]],
    [plan({ saveSteps: 250 }), 600, '4.42.0', [250, 500, 600]],
    [plan({ saveSteps: 250 }), 600, '5.23.0', [250, 500, 600]],
    [plan({ saveSteps: 250 }), 600, '4.41.2', [250, 500]],
    [plan({ saveSteps: 500 }), 60, null, [60]],
    [plan({ saveSteps: 500 }), 60, '4.38.2', []],
    // A share of the run, rounded up.
    [plan({ saveSteps: 0.25 }), 600, null, [150, 300, 450, 600]],
    [plan({ saveSteps: 0.3 }), 10, null, [3, 6, 9, 10]],
    [plan({ saveSteps: 0.5 }), 7, '4.20.0', [4]],
    [plan({ saveStrategy: 'no' }), 600, null, []],
    [plan({ saveStrategy: 'best' }), 600, null, null],
    [plan({ saveSteps: null }), 600, null, null],
    [plan({ saveSteps: 0 }), 600, null, [600]],
    [plan({ saveSteps: 0 }), 600, '4.41.0', []],
    [plan({ saveSteps: 1 }), 1_000_000, null, null],
    // Epochs of one length, the last one begun.
    [inEpochs(3, { saveStrategy: 'epoch' }), 27, null, [9, 18, 27]],
    [inEpochs(2.5, { saveStrategy: 'epoch' }), 25, null, [10, 20, 25]],
    [inEpochs(3, { saveStrategy: 'epoch' }), 28, null, null],
    [plan({ saveStrategy: 'epoch' }), 600, null, null],
  ])('%j over %i steps with %s: %j', (given, total, version, saves) =>
    expect(savesOf(given, total, version)).toEqual(saves),
  );
});

describe('the verdict', () => {
  it.each([
    [plan(), null, 'saves'],
    [plan({ maxSteps: 60, saveSteps: 500 }), null, 'never-before-end'],
    [plan({ maxSteps: 500, saveSteps: 500 }), null, 'never-before-end'],
    [plan({ maxSteps: 501, saveSteps: 500 }), null, 'saves'],
    [plan({ saveStrategy: 'no' }), null, 'no'],
    [plan({ saveStrategy: 'no', isSilent: true, maxSteps: 60, saveSteps: 500 }), null, 'never-before-end'],
    [plan({ saveStrategy: 'no', isSilent: true, maxSteps: 700, saveSteps: 500 }), null, 'no'],
    [inEpochs(1, { saveStrategy: 'no', isSilent: true, saveSteps: 500 }), null, 'no'],
    [inEpochs(3), null, 'length-unknown'],
    [plan({ maxSteps: null }), null, 'length-unknown'],
    [inEpochs(3, { saveSteps: 0.2 }), null, 'saves'],
    [inEpochs(3, { saveStrategy: 'epoch' }), null, 'epochs'],
    [plan({ saveStrategy: 'epoch' }), null, 'epochs'],
    [inEpochs(1, { saveStrategy: 'epoch' }), null, 'never-before-end'],
    [inEpochs(0.5, { saveStrategy: 'epoch' }), null, 'never-before-end'],
    [plan({ saveSteps: null }), null, 'unknown'],
    [plan({ saveSteps: 0 }), null, 'never-before-end'],
    [inEpochs(3, { saveSteps: 0 }), null, 'never-before-end'],
    [plan({ saveStrategy: null }), null, 'unknown'],
    [plan({ saveStrategy: 'sometimes' }), null, 'unknown'],
    // As soon as the run shows its length it is plain.
    [inEpochs(3), 900, 'saves'],
    [inEpochs(3, { saveSteps: 500 }), 120, 'never-before-end'],
    [inEpochs(3, { saveStrategy: 'epoch' }), 27, 'saves'],
    [plan({ saveStrategy: 'best', evaluation }), null, 'saves'],
    [plan({ saveStrategy: 'best', evaluation: { ...evaluation, steps: 600 } }), null, 'never-before-end'],
    [plan({ saveStrategy: 'best', evaluation: { ...evaluation, strategy: 'no' } }), null, 'no'],
    [inEpochs(3, { saveStrategy: 'best', evaluation: { ...evaluation, strategy: 'epoch' } }), null, 'epochs'],
    [inEpochs(3, { saveStrategy: 'best', evaluation }), null, 'length-unknown'],
    [plan({ saveStrategy: 'best' }), null, 'unknown'],
  ] as const)('of %j, shown %s steps: %s', (given, total, verdict) =>
    expect(forecastSaves(given, { total, transformers: null }).verdict).toBe(verdict),
  );
});

describe('what is left at the end', () => {
  const kept = (changes: Partial<RunPlan>) => {
    const { keptAtEnd, bestBesides } = forecastSaves(plan(changes), { total: null, transformers: null });
    return [keptAtEnd, bestBesides];
  };
  it.each([
    [{}, [[100, 200, 300, 400, 500, 600], false]],
    [{ saveTotalLimit: 3 }, [[400, 500, 600], false]],
    [{ saveTotalLimit: 1 }, [[600], false]],
    [{ saveTotalLimit: 9 }, [[100, 200, 300, 400, 500, 600], false]],
    [{ saveTotalLimit: UNKNOWN_LIMIT }, [null, false]],
    // The best takes one of the places.
    [{ saveTotalLimit: 3, evaluation }, [[500, 600], true]],
    [{ saveTotalLimit: 1, evaluation }, [[], true]],
    [{ saveTotalLimit: 6, evaluation }, [[100, 200, 300, 400, 500, 600], false]],
    [{ saveTotalLimit: 3, evaluation: { ...evaluation, loadsBest: false } }, [[400, 500, 600], false]],
    [
      { saveTotalLimit: 3, evaluation: { ...evaluation, loadsBest: false, hasMetric: true } },
      [[500, 600], true],
    ],
    [{ saveTotalLimit: 3, evaluation: { ...evaluation, loadsBest: null } }, [[500, 600], true]],
    [{ saveTotalLimit: 3, evaluation: { ...evaluation, strategy: 'no' } }, [[400, 500, 600], false]],
    [{ saveStrategy: 'epoch', saveTotalLimit: 3 }, [null, false]],
    [{ saveStrategy: 'no' }, [[], false]],
  ])('%j: %j', (changes, left) => expect(kept(changes)).toEqual(left));

  it.each([
    [{}, null],
    [{ saveTotalLimit: 3 }, 4],
    [{ saveTotalLimit: 1 }, 2],
    [{ saveTotalLimit: 1, evaluation }, 3],
    [{ saveTotalLimit: UNKNOWN_LIMIT }, null],
  ])('with %j %s lie there at once at the most', (changes, most) =>
    expect(mostAtOnce(plan(changes))).toBe(most),
  );
});
