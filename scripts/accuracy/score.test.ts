import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/core/log/log-event.ts';
import { parseCorpus } from './corpus.ts';
import { precision, recall, score, tally } from './score.ts';

const SAVED: LogEvent = { kind: 'saved', path: 'a/checkpoint-5', step: 5, epoch: null, total: null, line: 0 };

const excerpt = (expected: readonly object[]) => {
  const [parsed] = parseCorpus(JSON.stringify({ id: 'x', framework: 'f', text: '', expect: expected }));
  if (parsed === undefined) throw new Error('nothing was parsed');
  return parsed;
};

const tallyOf = (expected: readonly object[], told: readonly LogEvent[]) =>
  tally(score(excerpt(expected), told));

test('an event with the right kind, line, path and step is found', () => {
  expect(tallyOf([SAVED], [{ ...SAVED, epoch: 3 }])).toEqual({ found: 1, missed: 0, wrong: 0 });
});

test.each([
  { ...SAVED, kind: 'best' as const },
  { ...SAVED, path: null },
  { ...SAVED, step: 6 },
  { ...SAVED, line: 1 },
])('an event that differs is both missed and false', (told) => {
  expect(tallyOf([SAVED], [told])).toEqual({ found: 0, missed: 1, wrong: 1 });
});

test('what is told at a second line that announces it is the same event', () => {
  const twice = [SAVED, { ...SAVED, line: 2 }];
  expect(tallyOf([{ ...SAVED, alt_lines: [2] }], twice)).toEqual({ found: 1, missed: 0, wrong: 0 });
});

test('another kind that is accepted is right', () => {
  expect(tallyOf([{ ...SAVED, accept: ['best'] }], [{ ...SAVED, kind: 'best' }]).found).toBe(1);
});

test('an optional event counts neither way', () => {
  const optional = [{ ...SAVED, optional: true }];
  expect(tallyOf(optional, [])).toEqual({ found: 0, missed: 0, wrong: 0 });
  expect(tallyOf(optional, [{ ...SAVED, step: 7 }])).toEqual({ found: 0, missed: 0, wrong: 0 });
});

test('shares of what is there and of what was told', () => {
  expect(recall({ found: 3, missed: 1, wrong: 5 })).toBe(0.75);
  expect(precision({ found: 3, missed: 5, wrong: 1 })).toBe(0.75);
  expect(recall({ found: 0, missed: 0, wrong: 0 })).toBe(1);
});
