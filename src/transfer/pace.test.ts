import { describe, expect, it } from 'vitest';
import { firstPace, LEAST_BYTES_PER_SECOND, MOST_BYTES_PER_SECOND, nextPace, type Pace } from './pace.ts';

const MB = 1_000_000;
const after = (answers: readonly number[], limit: number | null = null, from = firstPace(limit)): Pace =>
  answers.reduce((pace, answerMs) => nextPace(pace, answerMs, limit), from);
const times = (count: number, answerMs: number): readonly number[] =>
  Array.from({ length: count }, () => answerMs);

describe('how fast a copy may read that nobody waits for', () => {
  it.each([
    { says: 'begins below the most', answers: [], limit: null, pace: 4 * MB },
    { says: 'the first answer is the best', answers: [400], limit: null, pace: 5 * MB },
    {
      says: 'grows to the most while answers are quick',
      answers: times(20, 10),
      limit: null,
      pace: MOST_BYTES_PER_SECOND,
    },
    { says: 'within the slack is quick', answers: [10, 60], limit: null, pace: 6.25 * MB },
    { says: 'within twice the best is quick', answers: [300, 590], limit: null, pace: 6.25 * MB },
    { says: 'beyond both is slow', answers: [10, 80], limit: null, pace: 2.5 * MB },
    {
      says: 'slow again and again: half each time',
      answers: [10, 80, 80, 80],
      limit: null,
      pace: 0.625 * MB,
    },
    {
      says: 'never below the least',
      answers: [10, ...times(20, 500)],
      limit: null,
      pace: LEAST_BYTES_PER_SECOND,
    },
    {
      says: 'much slower: the least at once',
      answers: [...times(20, 10), 1500],
      limit: null,
      pace: LEAST_BYTES_PER_SECOND,
    },
    { says: 'never above the limit', answers: times(20, 10), limit: 2 * MB, pace: 2 * MB },
    { says: 'a limit below the first pace holds from the start', answers: [], limit: MB, pace: MB },
    {
      says: 'a limit above the most is no licence',
      answers: times(30, 10),
      limit: 900 * MB,
      pace: MOST_BYTES_PER_SECOND,
    },
    { says: 'slows down below a limit too', answers: [10, 90], limit: 2 * MB, pace: MB },
  ])('$says', ({ answers, limit, pace }) => {
    expect(after(answers, limit).bytesPerSecond).toBeCloseTo(pace);
  });

  it('is as fast as before some twenty quick answers after a stop', () => {
    const slowed = after([...times(20, 10), ...times(10, 700)]);
    expect(slowed.bytesPerSecond).toBe(LEAST_BYTES_PER_SECOND);
    expect(after(times(22, 10), null, slowed).bytesPerSecond).toBe(MOST_BYTES_PER_SECOND);
  });

  it('does not wait for ever for a line that has become worse for good', () => {
    const worse = after([...times(20, 10), ...times(200, 400)]);
    expect(worse.bytesPerSecond).toBe(MOST_BYTES_PER_SECOND);
  });

  it('stays slow for as long as a minute before it takes worse for normal', () => {
    expect(after([...times(20, 100), ...times(30, 400)]).bytesPerSecond).toBe(LEAST_BYTES_PER_SECOND);
  });
});
