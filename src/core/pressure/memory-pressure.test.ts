import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginPressure,
  fullInMs,
  heardNothing,
  tookReading,
  type MemoryPressure,
} from './memory-pressure.ts';
import { tightest } from './memory-use.ts';
import { risingSlope } from './slope.ts';

const GB = 1024 ** 3;
const MINUTE = 60_000;
/** Of a free Colab machine. */
const LIMIT = 12.67 * GB;

/** Used GB, minute by minute. */
const after = (used: readonly number[], limit = LIMIT): MemoryPressure =>
  used.reduce(
    (pressure, value, minute) =>
      tookReading(pressure, { usedBytes: value * GB, limitBytes: limit }, minute * MINUTE),
    beginPressure('r', 0),
  );
const levels = (used: readonly number[], limit = LIMIT): readonly string[] =>
  used.map((_, index) => after(used.slice(0, index + 1), limit).level);

describe('the level', () => {
  it('is calm at rest, and full by one reading alone', () => {
    expect(after([4, 4, 4]).level).toBe('calm');
    expect(after([4, 11.8]).level).toBe('full');
  });

  it('does not blink around its border', () => {
    expect(levels([11.6, 11.7, 11.6, 11.7, 11.6, 11.3, 11.1, 11.6])).toEqual([
      'calm',
      'full',
      'full',
      'full',
      'full',
      'full',
      'calm',
      'calm',
    ]);
  });

  it('of a large machine, is not full while a few gigabytes are free', () => {
    expect(after([240], 256 * GB).level).toBe('calm');
    expect(after([253], 256 * GB).level).toBe('full');
  });

  it('is filling where it fills within a quarter of an hour, and calm where that takes longer', () => {
    expect(after([8, 8.5, 9, 9.5, 10]).level).toBe('filling');
    expect(after([9, 9.05, 9.1, 9.15, 9.2]).level).toBe('calm');
  });

  it('is not filling where it has just begun, or most of it is free', () => {
    expect(after([9, 10, 10.5, 11]).level).toBe('calm');
    expect(after([2, 3, 4, 5, 6]).level).toBe('calm');
  });

  it('goes back to calm when it stands still', () => {
    const still = Array.from({ length: 10 }, () => 10);
    expect(levels([8, 8.5, 9, 9.5, 10, ...still]).at(-1)).toBe('calm');
  });

  it('is not filling where memory goes up and down with each evaluation', () => {
    expect(new Set(levels([9, 9.4, 9.8, 9, 9.4, 9.8, 9, 9.4, 9.8, 9, 9.4, 9.8]))).toEqual(new Set(['calm']));
  });

  it('is that of the new machine, where it has another limit', () => {
    const before = after([8, 8.5, 9, 9.5, 10]);
    const moved = tookReading(before, { usedBytes: 10 * GB, limitBytes: 50 * GB }, 5 * MINUTE);
    expect(moved).toMatchObject({ level: 'calm', samples: [{ at: 5 * MINUTE }] });
  });
});

describe('what is not told', () => {
  it('is not known, whatever was told before', () => {
    expect(tookReading(after([11.9]), null, MINUTE)).toMatchObject({
      level: 'calm',
      isSilent: true,
      samples: [],
    });
  });
  it('of one question leaves what was read before', () => {
    const before = after([8, 8.5, 9]);
    expect(heardNothing(before, 3 * MINUTE)).toEqual({ ...before, askedAt: 3 * MINUTE });
  });
  it('for long makes no forecast over the gap', () => {
    const before = after([6, 6.5, 7, 7.5]);
    const late = tookReading(before, { usedBytes: 10 * GB, limitBytes: LIMIT }, 30 * MINUTE);
    expect(late.samples).toHaveLength(1);
    expect(fullInMs(late.samples)).toBeNull();
  });
});

describe('the forecast', () => {
  it('tells when a steady rise reaches the limit, an outlier or none', () => {
    expect(fullInMs(after([8, 8.5, 9, 9.5, 10]).samples)).toBeCloseTo((2.67 / 0.5) * MINUTE, -2);
    const withPeak = fullInMs(after([7, 7.5, 8, 10.9, 9, 9.5, 10]).samples);
    expect((withPeak ?? 0) / MINUTE).toBeGreaterThan(4.5);
    expect((withPeak ?? 0) / MINUTE).toBeLessThan(6);
  });

  it('of readings that rise by the same step is exact, wherever they begin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6000 }),
        fc.integer({ min: 40, max: 400 }),
        fc.integer({ min: 5, max: 10 }),
        (from, step, count) => {
          const pressure = after(Array.from({ length: count }, (_, index) => (from + step * index) / 1000));
          const free = 12.67 - (from + step * (count - 1)) / 1000;
          expect((fullInMs(pressure.samples) ?? 0) / MINUTE).toBeCloseTo(free / (step / 1000), 3);
        },
      ),
    );
  });

  it('is never given for what stands still or falls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 1, maxLength: 12 }), (used) => {
        const falling = used.toSorted((a, b) => b - a).map((each) => each / 1000);
        expect(fullInMs(after(falling).samples)).toBeNull();
      }),
    );
  });

  it('and the level keep to what they may be, whatever is read', () => {
    const reading = fc.record({
      used: fc.double({ min: 0, max: 1e13, noNaN: true }),
      limit: fc.double({ min: 1, max: 1e13, noNaN: true }),
      pause: fc.integer({ min: 0, max: 20 * MINUTE }),
    });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 40 }), (readings) => {
        let at = 0;
        let pressure = beginPressure('r', 0);
        for (const { used, limit, pause } of readings) {
          at += pause;
          pressure = tookReading(pressure, { usedBytes: used, limitBytes: limit }, at);
          const left = fullInMs(pressure.samples);
          expect(pressure.samples.length).toBeLessThanOrEqual(10);
          expect(left === null || (left >= 0 && Number.isFinite(left))).toBe(true);
          if (used >= limit) expect(pressure.level).toBe('full');
          if (used === 0) expect(pressure.level).toBe('calm');
        }
      }),
    );
  });
});

describe('slope', () => {
  it('is not moved by a third of outliers', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), (outlier) => {
        const readings = Array.from({ length: 12 }, (_, at) => ({
          at,
          value: at === 4 || at === 7 ? at * 2 + outlier : at * 2,
        }));
        expect(risingSlope(readings)).toBeCloseTo(2, 6);
      }),
    );
  });
  it('of one reading, or of two at once, is none', () => {
    expect(risingSlope([])).toBeNull();
    expect(risingSlope([{ at: 1, value: 1 }])).toBeNull();
    expect(
      risingSlope([
        { at: 1, value: 1 },
        { at: 1, value: 9 },
      ]),
    ).toBeNull();
  });
});

it('of several limits the one that is reached first counts', () => {
  const machine = { usedBytes: 10, limitBytes: 100 };
  const group = { usedBytes: 8, limitBytes: 12 };
  expect(tightest([machine, group])).toBe(group);
  expect(tightest([])).toBeNull();
});
