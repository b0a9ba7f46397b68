import { describe, expect, it } from 'vitest';
import { compareAge, newestOf, type Dated } from './newer.ts';

const at = (step: number | null, epoch: number | null, modifiedAt: number | null): Dated => ({
  step,
  epoch,
  modifiedAt,
});

describe('the newer of two checkpoints', () => {
  it.each<[string, Dated, Dated]>([
    ['is of the higher step, whatever the times', at(400, null, 1), at(300, null, 9)],
    ['is of the higher step, whatever the epochs', at(400, 1, 1), at(300, 2, 1)],
    ['is of the higher epoch where one has no step', at(null, 3, 1), at(900, 2, 9)],
    ['is of the higher epoch where the steps are equal', at(400, 3, 1), at(400, 2, 9)],
    ['is the younger where one has no number', at(null, null, 9), at(400, 3, 1)],
    ['is the younger where both are of one step', at(400, null, 9), at(400, null, 1)],
  ])('%s', (_, newer, older) => {
    expect(compareAge(newer, older)).toBeGreaterThan(0);
    expect(compareAge(older, newer)).toBeLessThan(0);
    expect(newestOf([older, newer])).toBe(newer);
    expect(newestOf([newer, older])).toBe(newer);
  });

  it('is neither where nothing tells', () => {
    expect(compareAge(at(null, null, null), at(null, null, null))).toBe(0);
  });

  it('is nothing of nothing', () => {
    expect(newestOf([])).toBeNull();
  });
});
