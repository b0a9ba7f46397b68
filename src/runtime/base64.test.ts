import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64, encodeByHand } from './base64.ts';

const encoders = [encodeBase64, encodeByHand];

test.each(encoders)('as everybody else writes it, and back', (encode) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encode(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
    }),
  );
});

test.each(encoders)('every digit, and a stretch of a longer array', (encode) => {
  const bytes = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 2_654_435_761) >>> 24);
  expect(encode(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  const stretch = bytes.subarray(5, 1001);
  expect(encode(stretch)).toBe(Buffer.from(stretch).toString('base64'));
});

test("takes the browser's own where there is one", () => {
  const bytes = Object.assign(new Uint8Array(2), { toBase64: () => 'its own' });
  expect(encodeBase64(bytes)).toBe('its own');
});

test('no base64', () => {
  expect(decodeBase64('%%%')).toBeNull();
});
