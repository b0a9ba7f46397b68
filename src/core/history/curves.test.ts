import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_POINTS, NO_CURVES, withNews, type Curves, type CurveNews } from './curves.ts';
import { summaryOf } from './curve-summary.ts';
import { decimate, thinned } from './decimate.ts';
import { after, joined, nearest, pointsOf, seriesOf, type Series } from './series.ts';
import { smoothed, smoothingWeight } from './smoothed.ts';

const series = (...points: readonly (readonly [number, number])[]): Series =>
  seriesOf(points.map(([step, value]) => ({ step, value })));
const pairs = (from: Series) => pointsOf(from).map(({ step, value }) => [step, value]);
const long = (length: number, value: (step: number) => number): Series =>
  seriesOf(Array.from({ length }, (_, step) => ({ step, value: value(step) })));

describe('a series', () => {
  test('has each step once, in order, the last word counts', () => {
    expect(pairs(series([3, 1], [1, 5], [3, 2]))).toEqual([
      [1, 5],
      [3, 2],
    ]);
  });

  test('is cut behind a step, and joined without an overlap', () => {
    const one = series([1, 1], [2, 2]);
    expect(pairs(after(one, 1))).toEqual([[2, 2]]);
    expect(pairs(joined(one, series([2, 9], [3, 3])))).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(joined(one, series())).toBe(one);
  });

  test('tells the point nearest to a step', () => {
    const one = series([10, 1], [20, 2]);
    expect(
      [nearest(one, 0), nearest(one, 14), nearest(one, 16), nearest(one, 99)].map((p) => p?.step),
    ).toEqual([10, 10, 20, 20]);
    expect(nearest(series(), 1)).toBeNull();
  });
});

describe('decimation', () => {
  test('keeps every peak, and no more points than asked for', () => {
    const noisy = long(100_000, (step) => (step === 77_777 ? 1000 : step === 5 ? -1000 : Math.sin(step)));
    const drawn = decimate(noisy, { from: 0, to: 99_999 }, 1000);
    expect(drawn.steps.length).toBeLessThanOrEqual(3002);
    expect(pairs(drawn)).toContainEqual([77_777, 1000]);
    expect(pairs(drawn)).toContainEqual([5, -1000]);
  });

  test('of a window keeps one point beyond each of its ends', () => {
    expect(
      pairs(
        decimate(
          long(100, (step) => step),
          { from: 50, to: 52 },
          100,
        ),
      ),
    ).toEqual([
      [49, 49],
      [50, 50],
      [51, 51],
      [52, 52],
      [53, 53],
    ]);
  });

  test('keeps a gap a gap', () => {
    const broken = long(10_000, (step) => (step > 5000 ? Number.NaN : 1));
    expect(decimate(broken, { from: 0, to: 9999 }, 10).values.at(-1)).toBeNaN();
  });

  test('has the same lowest and highest, in the order of the steps, whatever the curve', () => {
    const curve = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 3000,
    });
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 200 }), (values, buckets) => {
        const whole = long(values.length, (step) => values[step] ?? 0);
        const drawn = decimate(whole, { from: 0, to: values.length - 1 }, buckets);
        expect(Math.min(...drawn.values)).toBe(Math.min(...values));
        expect(Math.max(...drawn.values)).toBe(Math.max(...values));
        expect(drawn.steps).toEqual(drawn.steps.toSorted());
        expect(drawn.steps.length).toBeLessThanOrEqual(3 * buckets + 2);
      }),
    );
  });

  test('for keeping holds first, last, lowest and highest, within its bound', () => {
    const kept = thinned(
      long(50_000, (step) => (step === 0 ? 0 : step === 31_234 ? 9 : 1)),
      1000,
    );
    expect(kept.steps.length).toBeLessThanOrEqual(1000);
    expect(kept.steps[0]).toBe(0);
    expect(kept.steps.at(-1)).toBe(49_999);
    expect(pairs(kept)).toContainEqual([31_234, 9]);
  });

  test('of 100,000 points takes no time that is felt', () => {
    const noisy = long(100_000, Math.sin);
    const begun = performance.now();
    for (let count = 0; count < 10; count += 1) decimate(noisy, { from: count, to: 99_999 }, 1600);
    expect((performance.now() - begun) / 10).toBeLessThan(250);
  });
});

const news = (changes: Partial<CurveNews>): CurveNews => ({ file: null, loss: [], evalLoss: [], ...changes });
const file = (globalStep: number, ...loss: readonly (readonly [number, number])[]) => ({
  globalStep,
  loss: series(...loss),
  evalLoss: series(),
});
const after2 = (one: CurveNews, other: CurveNews, resumedFrom: number | null = null): Curves =>
  withNews(withNews(NO_CURVES, one, resumedFrom), other, resumedFrom);

describe('what comes to the curves of a run', () => {
  test('is seen live first, then told by the file, whose word counts', () => {
    const live = news({ loss: [10, 20, 30].map((step) => ({ step, value: 9 })) });
    expect(pairs(after2(live, news({ file: file(20, [10, 1], [20, 2]) })).loss)).toEqual([
      [10, 1],
      [20, 2],
      [30, 9],
    ]);
    expect(pairs(after2(news({ file: file(20, [10, 1], [20, 2]) }), live).loss)).toEqual([
      [10, 1],
      [20, 2],
      [30, 9],
    ]);
  });

  test('is not overridden by an older file', () => {
    const curves = after2(news({ file: file(20, [20, 2]) }), news({ file: file(10, [10, 7]) }));
    expect(pairs(curves.loss)).toEqual([[20, 2]]);
    expect(curves.fileUpTo).toBe(20);
  });

  test("of a resumed run leaves what was before to the earlier run's record", () => {
    const curves = after2(
      news({ loss: [{ step: 45, value: 3 }] }),
      news({ file: file(60, [30, 1], [50, 2]) }),
      40,
    );
    expect(pairs(curves.loss)).toEqual([[50, 2]]);
  });

  test('is bounded', () => {
    const loss = Array.from({ length: MOST_POINTS + 5000 }, (_, step) => ({ step, value: step % 7 }));
    expect(withNews(NO_CURVES, news({ loss }), null).loss.steps.length).toBeLessThanOrEqual(MOST_POINTS);
  });
});

describe('a curve in words', () => {
  test('has its first, last and best point', () => {
    expect(summaryOf(series([10, 2.31], [560, 0.49], [600, 0.51], [601, Number.NaN]))).toEqual({
      first: { step: 10, value: 2.31 },
      last: { step: 600, value: 0.51 },
      best: { step: 560, value: 0.49 },
      trend: 'falls',
      gaps: 1,
    });
    expect(summaryOf(series([1, Number.NaN]))).toBeNull();
  });
});

describe('smoothing', () => {
  test('looks back on a share of the curve, whatever its length', () => {
    expect([1, 60, 600, 100_000].map((points) => smoothingWeight(points).toFixed(3))).toEqual([
      '0.000',
      '0.444',
      '0.944',
      '1.000',
    ]);
  });

  test('keeps a flat line, weighs what was before, and passes over gaps', () => {
    expect(
      [...smoothed(series([1, 5], [2, 5], [3, 5]), 0.9).values].map((value) => value.toFixed(6)),
    ).toEqual(Array.from({ length: 3 }, () => '5.000000'));
    const [first, second, gap, last] = smoothed(series([1, 0], [2, 1], [3, Number.NaN], [4, 1]), 0.5).values;
    expect([first, second, last].map((value) => value?.toFixed(4))).toEqual(['0.0000', '0.6667', '0.8571']);
    expect(gap).toBeNaN();
  });
});
