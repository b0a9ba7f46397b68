import type { Series } from '../../core/history/series.ts';

export interface CsvSeries {
  readonly run: string;
  readonly name: string;
  readonly series: Series;
}

/** What a spreadsheet would take for a formula, or for the command of one. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** One field as RFC 4180 quotes it; a text that a spreadsheet would run gets an apostrophe before it. */
const textField = (text: string): string =>
  `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** What is no number is left empty. */
const numberField = (value: number): string => (Number.isFinite(value) ? String(value) : '');

/**
 * All curves in one table (RFC 4180, lines end in CR LF): a row for each point, with its run, its series and its step, the
 * numbers as exact as they were logged.
 */
export const csvOf = (curves: readonly CsvSeries[]): string =>
  [
    'run,series,step,value',
    ...curves.flatMap(({ run, name, series: { steps, values } }) => {
      const head = `${textField(run)},${textField(name)}`;
      return Array.from(
        steps,
        (step, index) => `${head},${step},${numberField(values[index] ?? Number.NaN)}`,
      );
    }),
    '',
  ].join('\r\n');
