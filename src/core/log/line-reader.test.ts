import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineReader } from './line-reader.ts';

type Segment = readonly [line: number, text: string, endsLine: boolean];

function readAll(chunks: readonly string[], shortest?: number): readonly Segment[] {
  const found: Segment[] = [];
  const reader = createLineReader((text, line, endsLine) => found.push([line, text, endsLine]), shortest);
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return found;
}

const segments = (text: string): readonly Segment[] => readAll([text]);

describe('segments of a text', () => {
  test.each([
    [
      'plain lines',
      'a\nb\n',
      [
        [0, 'a', true],
        [1, 'b', true],
      ],
    ],
    [
      'a last line without end',
      'a\nb',
      [
        [0, 'a', true],
        [1, 'b', true],
      ],
    ],
    ['blank lines are counted, not handed out', '\n\na', [[2, 'a', true]]],
    [
      'carriage returns',
      'x\ra\rb\n',
      [
        [0, 'x', false],
        [0, 'a', false],
        [0, 'b', true],
      ],
    ],
    [
      'Windows line ends',
      'a\r\nb\r\n',
      [
        [0, 'a', false],
        [0, '', true],
        [1, 'b', false],
        [1, '', true],
      ],
    ],
    [
      'repeated carriage returns',
      'a\r\r\r',
      [
        [0, 'a', false],
        [0, '', true],
      ],
    ],
    ['colours', '\u001b[1;31mred\u001b[0m\n', [[0, 'red', true]]],
    ['window titles', '\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\b', [[0, 'ab', true]]],
    ['a title that never ends', '\u001b]0;title\na', [[1, 'a', true]]],
    [
      'cursor to the first column',
      'old\u001b[2K\u001b[1Gnew',
      [
        [0, 'old', false],
        [0, 'new', true],
      ],
    ],
    ['cursor up', 'a\u001b[A\u001b[1Ab', [[0, 'ab', true]]],
    [
      'a broken escape',
      'a\u001b[12\nb',
      [
        [0, 'a', true],
        [1, 'b', true],
      ],
    ],
    ['backspaces', '10%\b\b\b20%', [[0, '20%', true]]],
    [
      'more backspaces than text',
      'ab\b\b\b\bc\nd',
      [
        [0, 'c', true],
        [1, 'd', true],
      ],
    ],
    ['line separators of Unicode are no line ends', 'a\u2028b\u0085c', [[0, 'a\u2028b\u0085c', true]]],
  ] as const)('%s', (_name, text, expected) => {
    expect(segments(text)).toEqual(expected);
  });
});

test('the unfinished segment can be read before it ends', () => {
  const reader = createLineReader(() => {});
  reader.push('one\ntwo\rthr');
  reader.push('ee');
  expect([reader.line(), reader.pending()]).toEqual([1, 'three']);
  reader.push('\b\b');
  expect([reader.line(), reader.pending()]).toEqual([1, 'thr']);
});

test('segments that are too short to say anything only end their line', () => {
  expect(readAll(['9%\rab', 'cd\r8%\n\n7%\r\n'], 4)).toEqual([
    [0, 'abcd', false],
    [0, '', true],
    [2, '', true],
  ]);
});

test('of an endless line only the start and the newest end are kept', () => {
  const chunks = Array.from({ length: 200 }, () => 'x'.repeat(50_000));
  const [[, text] = [0, '', true]] = readAll(['start ', ...chunks, ' end', '\n']);
  expect(text.length).toBe(64 * 1024);
  expect(text.startsWith('start x')).toBe(true);
  expect(text.endsWith('x end')).toBe(true);
});

/** Pieces a terminal stream is made of, so that random texts meet in the interesting places. */
const terminalText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\b',
        '\b\b\b',
        '\u001b',
        '\u001b[',
        '\u001b[2K',
        '\u001b[1G',
        '\u001b]0;',
        '\u0007',
        '\u001b\\',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.nat(70_000).map((length) => 'y'.repeat(length)),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

function cut(text: string, lengths: readonly number[]): readonly string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return [...chunks, text.slice(at)];
}

test('however a text is cut into chunks, its segments are the same', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      terminalText,
      fc.array(fc.oneof(fc.nat(5), fc.nat(50_000)), { maxLength: 40 }),
      (text, lengths) => {
        expect(readAll(cut(text, lengths))).toEqual(readAll([text]));
      },
    ),
  );
});
