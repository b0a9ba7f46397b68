import { describe, expect, it } from 'vitest';
import { assumedHours, measuredMtbf, type PastRun } from './failures.ts';
import {
  adviseInterval,
  dalyInterval,
  friendlySteps,
  isWorthSaying,
  youngInterval,
  type AdviceGrounds,
} from './save-interval.ts';
import { saveTime } from './save-time.ts';

const HOUR = 3600;

describe('the interval that loses least', () => {
  it.each([
    // A save of 5 minutes and a failure a day: the example that is often worked, about two hours.
    [300, 24 * HOUR, 7200],
    [2, 6 * HOUR, 294],
    [60, 6 * HOUR, 1610],
  ])('by Young: a save of %i s, a failure every %i s: %i s', (save, between, seconds) =>
    expect(youngInterval(save, between)).toBeCloseTo(seconds, -1),
  );

  it.each([
    [300, 24 * HOUR, 7001],
    [2, 6 * HOUR, 293],
    [60, 6 * HOUR, 1570],
    // A save that takes longer than twice the time between failures.
    [7 * HOUR, 3 * HOUR, 3 * HOUR],
  ])('by Daly: a save of %i s, a failure every %i s: %i s', (save, between, seconds) =>
    expect(Math.abs(dalyInterval(save, between) - seconds)).toBeLessThan(2),
  );

  it('wastes less than intervals around it, by the waste of Daly', () => {
    const waste = (interval: number, save: number, between: number): number =>
      (Math.exp((interval + save) / between) - 1) / interval;
    for (const save of [0.5, 5, 60, 600]) {
      const best = dalyInterval(save, 6 * HOUR);
      const least = waste(best, save, 6 * HOUR);
      expect(waste(best * 0.8, save, 6 * HOUR)).toBeGreaterThan(least);
      expect(waste(best * 1.25, save, 6 * HOUR)).toBeGreaterThan(least);
    }
  });
});

it.each([
  [0.2, Infinity, 1],
  [1, Infinity, 1],
  [3, Infinity, 2],
  [7, Infinity, 5],
  [22, Infinity, 20],
  [23, Infinity, 25],
  [101, Infinity, 100],
  [180, Infinity, 200],
  [1700, Infinity, 2000],
  [180, 100, 100],
  [180, 30, 25],
  [180, 1, 1],
])('%f steps, at most %f, are about %i', (steps, most, friendly) =>
  expect(friendlySteps(steps, most)).toBe(friendly),
);

describe('advice', () => {
  const grounds: AdviceGrounds = {
    secondsPerStep: 3,
    saveTime: { seconds: 2, from: 'pause' },
    hoursBetweenFailures: 6,
    failuresFrom: 'assumed',
    total: 600,
  };
  it('says the interval and what it hangs on', () =>
    expect(adviseInterval(grounds)).toEqual({
      everySteps: 100,
      saveSeconds: 2,
      saveTimeFrom: 'pause',
      hoursBetweenFailures: 6,
      failuresFrom: 'assumed',
    }));
  it.each([
    [{ total: 60 }, 25],
    [{ total: 3 }, 1],
    [{ total: 1 }, null],
    [{ total: null }, 100],
    [{ secondsPerStep: null }, null],
    [{ secondsPerStep: 0 }, null],
    [{ saveTime: null }, null],
    [{ hoursBetweenFailures: 24 }, 200],
    [{ hoursBetweenFailures: 0 }, null],
    [{ secondsPerStep: 0.01 }, 250],
  ])('with %j: %s', (changes, steps) =>
    expect(adviseInterval({ ...grounds, ...changes })?.everySteps ?? null).toBe(steps),
  );
  it.each([
    [null, true],
    [100, false],
    [60, false],
    [50, true],
    [199, false],
    [200, true],
  ])('beside one of %s it is worth saying: %s', (inUse, worth) => {
    const advice = adviseInterval(grounds);
    if (advice === null) throw new Error('no advice');
    expect(isWorthSaying(advice, inUse)).toBe(worth);
  });
});

describe('what a save takes', () => {
  const checkpoint = (step: number) => ({
    name: `checkpoint-${step}`,
    framework: 'transformers' as const,
    form: 'folder' as const,
    step,
    epoch: null,
    sizeBytes: 1,
    modifiedAt: null,
    integrity: { kind: 'unchecked' as const },
    trainerState: null,
    origin: 'this-run' as const,
    gone: false,
  });
  /** Two seconds a step, seen every five steps; a pause after each save. */
  const timings = (pause: number, wavers = 0) =>
    Array.from({ length: 20 }, (_, index) => ({
      step: index * 5,
      at: index * 10_000 + Math.floor(Math.max(0, index * 5 - 1) / 25) * pause * 1000 + (index % 3) * wavers,
    }));
  const checkpoints = [25, 50, 75].map(checkpoint);

  it('is how long the steps pause at it', () =>
    expect(saveTime({ timings: timings(4), checkpoints }, 1e9)).toEqual({ seconds: 4, from: 'pause' }));
  it('is told by its size where the pause is lost in how the steps waver', () =>
    expect(saveTime({ timings: timings(0.2, 700), checkpoints }, 1e9)).toEqual({
      seconds: 10,
      from: 'size',
    }));
  it('is told by its size before there were saves', () =>
    expect(saveTime({ timings: timings(0), checkpoints: [] }, 2e8)).toEqual({ seconds: 2, from: 'size' }));
  it('is not known without either', () =>
    expect(saveTime({ timings: timings(0), checkpoints: [] }, null)).toBeNull());
  it('counts no save of a run before', () => {
    const earlier = checkpoints.map((each) => ({ ...each, origin: 'earlier' as const }));
    expect(saveTime({ timings: timings(4), checkpoints: earlier }, null)).toBeNull();
  });
});

describe('the time between failures', () => {
  const ran = (hours: number, ended: PastRun['ended']): PastRun => ({
    startedAt: 0,
    endedAt: hours * 3_600_000,
    ended,
  });
  it.each([
    [[], null],
    [[ran(5, 'lost'), ran(5, 'lost')], null],
    [[ran(5, 'lost'), ran(4, 'lost'), ran(3, 'lost')], 4],
    [[ran(5, 'lost'), ran(4, 'lost'), ran(3, 'lost'), ran(12, 'finished')], 8],
    [[ran(2, 'lost'), ran(2, 'lost'), ran(2, 'lost'), ran(9, 'stopped')], 5],
    [[ran(-2, 'lost'), ran(0, 'lost'), ran(0, 'lost')], null],
  ])('%#', (runs, hours) => expect(measuredMtbf(runs)).toBe(hours));
  it('is assumed to be shorter on Colab', () => expect(assumedHours(true)).toBeLessThan(assumedHours(false)));
});
