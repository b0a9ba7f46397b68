import { expect, it } from 'vitest';
import { reportOf } from './report.ts';

const kept = { what: 'as fast as asked for', ratio: 1.0004, target: 1 };
const missed = { what: 'nearly', ratio: 0.9996, target: 1 };
const lastLine = (text: string): unknown => JSON.parse(text.split('\n').at(-1) ?? '');

it('ends with all of it as JSON', () => {
  expect(lastLine(reportOf('checksums', [kept]))).toEqual({
    bench: 'checksums',
    met: true,
    rows: [{ what: 'as fast as asked for', ratio: 1, target: 1, met: true }],
  });
});

it('says that a target was missed, by however little', () => {
  const text = reportOf('checksums', [kept, missed]);
  expect(text).toMatch(/^nearly +1 +1 {2}MISSED$/m);
  expect(text).toMatch(/^as fast as asked for +1 +1 {2}met$/m);
  expect(lastLine(text)).toMatchObject({ met: false, rows: [{ met: true }, { met: false }] });
});

it('does not take a figure that is none for one that was reached', () => {
  expect(lastLine(reportOf('checksums', [{ what: 'x', ratio: Number.NaN, target: 1 }]))).toMatchObject({
    met: false,
  });
});

it('knows targets that must not be passed', () => {
  const row = { what: 'as long as the other', target: 1.1, bound: 'most' as const };
  const rows = [1.1, 1.1004, Number.NaN].map((ratio) => ({ ...row, ratio }));
  expect(lastLine(reportOf('zip', rows))).toMatchObject({
    rows: [{ met: true }, { met: false }, { met: false }],
  });
});
