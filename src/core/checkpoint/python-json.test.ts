import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parsePythonJson } from './python-json.ts';

test.each<[string, unknown]>([
  ['{"loss": NaN, "a": [Infinity, -Infinity, -1]}', { loss: null, a: [null, null, -1] }],
  ['{"NaN": NaN, "text": "NaN \\" Infinity"}', { NaN: null, text: 'NaN " Infinity' }],
  ['{"ends in a backslash \\\\": NaN}', { 'ends in a backslash \\': null }],
  ['NaN', null],
  ['null', null],
  ['{"loss": NaN', undefined],
  ['{"loss": nan}', undefined],
  ['{"loss": NaNNaN}', undefined],
  ['{"loss": "NaN', undefined],
  ['{"loss": --Infinity}', undefined],
  ['', undefined],
])('%s', (text, expected) => {
  expect(parsePythonJson(text)).toEqual(expected);
});

test('leaves every string alone', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(parsePythonJson(`[NaN, ${JSON.stringify(text)}]`)).toEqual([null, text]);
    }),
  );
});

test('takes no longer for a hostile text', () => {
  const started = performance.now();
  expect(parsePythonJson('"\\"'.repeat(1_000_000))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});
