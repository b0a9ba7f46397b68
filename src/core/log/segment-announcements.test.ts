import { expect, test } from 'vitest';
import { remembers } from './log-context.ts';
import { type LogFormat, numberFirst, phraseFormat } from './log-format.ts';
import { createSegmentReader } from './segment-announcements.ts';

function told(formats: readonly LogFormat[], ...segments: readonly string[]): readonly string[] {
  const reader = createSegmentReader(formats);
  return segments.flatMap((segment, line) => {
    const { progress, others } = reader.read(segment, { line });
    const seen = others.map(
      ({ announcement, format }) => `${format}: ${announcement.kind} ${announcement.path}`,
    );
    return progress === null ? seen : [...seen, `progress ${progress.step ?? '?'} ${progress.epoch ?? '?'}`];
  });
}

const saves = (name: string, start: string): LogFormat =>
  phraseFormat(name, [{ start, read: (rest) => ({ kind: 'saved', path: rest }) }]);

test('of two formats that know a message the first in the table is believed, however much each of them knows', () => {
  expect(told([saves('long', 'Saved checkpoint '), saves('short', 'Saved ')], 'Saved checkpoint a')).toEqual([
    'long: saved a',
  ]);
  expect(told([saves('short', 'Saved '), saves('long', 'Saved checkpoint ')], 'Saved checkpoint a')).toEqual([
    'short: saved checkpoint a',
  ]);
});

test('a phrase that turns out to be something else leaves the message to the next', () => {
  const picky = phraseFormat('picky', [
    { start: 'Saved ', read: () => null },
    { start: 'Saved c', read: () => ({ kind: 'best', path: 'second phrase' }) },
  ]);
  expect(told([picky, saves('any', 'Saved ')], 'Saved c')).toEqual([
    'picky: best second phrase',
    'any: saved c',
  ]);
});

test('a format that knows a message to be nothing keeps the others from it', () => {
  const knowing = phraseFormat('knowing', [{ start: 'Saved plot', read: () => [] }]);
  expect(told([knowing, saves('any', 'Saved ')], 'Saved plot.png', 'Saved x.pt')).toEqual([
    'any: saved x.pt',
  ]);
});

test('a number at the start is part of what is read', () => {
  const table = phraseFormat(
    'table',
    numberFirst((message) => ({ kind: 'progress', step: Number(message.split(' ')[0]) })),
  );
  expect(told([table], '1204 0.5 0.4', 'x 1204')).toEqual(['progress 1204 ?']);
});

test('what is remembered of a log stays with that log', () => {
  const count = remembers(() => ({ lines: 0 }));
  const first = { line: 0 };
  count(first).lines += 1;
  expect(count(first).lines).toBe(1);
  expect(count({ line: 0 }).lines).toBe(0);
});
