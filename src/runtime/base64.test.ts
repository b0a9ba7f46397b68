import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Length, decodeBase64, encodeBase64, encodeByHand } from './base64.ts';

const encoders = [encodeBase64, encodeByHand];

const encodedBy = (encode: typeof encodeBase64, bytes: Uint8Array): string => {
  const text = new Uint8Array(base64Length(bytes.length));
  encode(bytes, text);
  return new TextDecoder().decode(text);
};

test.each(encoders)('as everybody else writes it, and back', (encode) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodedBy(encode, bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(decodeBase64(text)).toEqual(bytes);
    }),
  );
});

test.each(encoders)('every digit, and a stretch of a longer array', (encode) => {
  const bytes = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 2_654_435_761) >>> 24);
  expect(encodedBy(encode, bytes)).toBe(Buffer.from(bytes).toString('base64'));
  const stretch = bytes.subarray(5, 1001);
  expect(encodedBy(encode, stretch)).toBe(Buffer.from(stretch).toString('base64'));
});

test.each(encoders)('touches nothing behind it', (encode) => {
  const text = new Uint8Array(6).fill(1);
  encode(new Uint8Array(1), text);
  expect(new TextDecoder().decode(text)).toBe('AA==\u0001\u0001');
});

test("takes the browser's own where there is one", () => {
  const bytes = Object.assign(new Uint8Array(2), { toBase64: () => 'own=' });
  expect(encodedBy(encodeBase64, bytes)).toBe('own=');
});

test('no base64', () => {
  expect(decodeBase64('%%%')).toBeNull();
});
