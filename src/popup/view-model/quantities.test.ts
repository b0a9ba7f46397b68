import { describe, expect, it } from 'vitest';
import { translateFromFile as t } from '../translate-file.ts';
import { plural } from './plural.ts';
import { spokenAgo, spokenLoss, spokenSize, spokenSpeed, spokenTime } from './quantities.ts';

describe('quantities', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [168, '3 min'],
    [3569, '59 min'],
    [3599, '1 h'],
    [4800, '1 h 20 min'],
    [7200, '2 h'],
    [86_399, '24 h'],
    [100_800, '1 d 4 h'],
    [-3, '0 s'],
  ])('%d seconds are %s', (seconds, spoken) => expect(spokenTime(t, seconds)).toBe(spoken));

  it.each([
    [1000, 'just now'],
    [-9000, 'just now'],
    [40_000, '40 s ago'],
  ])('%d ms ago is %s', (ago, spoken) => expect(spokenAgo(t, 1e12 - ago, 1e12)).toBe(spoken));

  it.each([
    [0, 'under 0.1 MB'],
    [100_000, '0.1 MB'],
    [1_500_000, '1.5 MB'],
    [152_340_112, '152 MB'],
    [999_400_000, '999 MB'],
    [999_600_000, '1.0 GB'],
    [13_400_000_000, '13 GB'],
  ])('%d bytes are %s', (bytes, spoken) => expect(spokenSize(t, bytes)).toBe(spoken));

  it.each([
    [2.9, '2.9 s/step'],
    [140.2, '140 s/step'],
    [0.25, '4.0 steps/s'],
    [0.001, '1000 steps/s'],
  ])('%d seconds per step are %s', (speed, spoken) => expect(spokenSpeed(t, speed)).toBe(spoken));

  it.each([
    [0.5121, '0.512'],
    [0, '0.000'],
    [0.000_012_3, '1.23e-5'],
    [123_456, '1.23e+5'],
    [Number.NaN, 'NaN'],
  ])('a loss of %d is %s', (loss, spoken) => expect(spokenLoss(t, loss)).toBe(spoken));

  it('one step is not one steps', () => {
    expect(plural(t, 'steps', 1)).toBe('1 step');
    expect(plural(t, 'steps', 0)).toBe('0 steps');
  });
});
