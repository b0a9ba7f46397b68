import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printedNumber } from './printed-number.ts';

test.each(['0', '12', '0.5', '5.', '007.250', '-3.5', '1e-05', '2.5E3', '.5', '1.2.3', '', '1_000', '12 '])(
  'reads %s as Number does',
  (text) => {
    expect(printedNumber(text)).toBe(Number(text));
  },
);

test('any decimal is read as Number reads it', () => {
  fc.assert(
    fc.property(fc.nat(999_999_999), fc.stringMatching(/^\d{0,12}$/), (whole, decimals) => {
      expect(printedNumber(`${whole}.${decimals}`)).toBe(Number(`${whole}.${decimals}`));
    }),
  );
});
