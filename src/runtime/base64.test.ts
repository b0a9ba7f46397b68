import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

const encoded = (bytes: Uint8Array): string => new TextDecoder().decode(encodeBase64(bytes));

test('as everybody else writes it, and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encoded(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
    }),
  );
});

test('every digit, and a stretch of a longer array', () => {
  const bytes = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 2_654_435_761) >>> 24);
  expect(encoded(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  const stretch = bytes.subarray(5, 1001);
  expect(encoded(stretch)).toBe(Buffer.from(stretch).toString('base64'));
});

test('no base64', () => {
  expect(decodeBase64('%%%')).toBeNull();
});
