import { describe, expect, test } from 'vitest';
import { seriesOf } from '../../core/history/series.ts';
import { NO_CURVES } from '../../core/history/curves.ts';
import type { HistoryCheckpoint, HistoryRun } from '../../core/history/history-run.ts';
import { alignedData, extentOf, zoomed } from '../chart/chart-data.ts';
import { linesOf, marksOf } from '../chart/lines.ts';
import { columnId, columnsOf, rowsOf, sorted, type Column } from './checkpoint-rows.ts';
import { csvOf } from './csv.ts';
import { argumentRows } from './differing-arguments.ts';
import { historyJson } from './history-json.ts';
import { MOST_RUNS, NO_SLOTS, onlyKnown, toggled } from './slots.ts';

const series = (...points: readonly (readonly [number, number])[]) =>
  seriesOf(points.map(([step, value]) => ({ step, value })));

describe('CSV', () => {
  test('is a row for each point, exact, quoted as RFC 4180 says', () => {
    const name = 'a "b", c.ipynb';
    expect(csvOf([{ run: name, name: 'loss', series: series([10, 0.1 + 0.2], [20, Number.NaN]) }])).toBe(
      'run,series,step,value\r\n"a ""b"", c.ipynb","loss",10,0.30000000000000004\r\n"a ""b"", c.ipynb","loss",20,\r\n',
    );
  });

  test('runs nothing in a spreadsheet', () => {
    for (const name of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])
      expect(csvOf([{ run: name, name: 'loss', series: series([1, 1]) }]), name).toContain(`"'${name}"`);
    expect(csvOf([{ run: 'a=1', name: 'loss', series: series([1, -1]) }])).toContain('"a=1","loss",1,-1\r\n');
  });
});

describe('arguments side by side', () => {
  const given = (...pairs: readonly (readonly [string, string | null])[]) => ({
    given: pairs.map(([name, value]) => ({ of: 'TrainingArguments', name, value })),
  });

  test('what differs comes first, what is missing differs, what could not be read is said', () => {
    const rows = argumentRows([
      given(['seed', '1'], ['lr', '1e-4'], ['bf16', 'True']),
      given(['seed', '1'], ['lr', null]),
    ]);
    expect(rows.map(({ name, differs, values }) => [name, differs, values])).toEqual([
      ['lr', true, [{ kind: 'known', text: '1e-4' }, { kind: 'unknown' }]],
      ['bf16', true, [{ kind: 'known', text: 'True' }, null]],
      [
        'seed',
        false,
        [
          { kind: 'known', text: '1' },
          { kind: 'known', text: '1' },
        ],
      ],
    ]);
  });
});

const checkpoint = (step: number | null, changes: Partial<HistoryCheckpoint> = {}): HistoryCheckpoint => ({
  name: `checkpoint-${step}`,
  form: 'folder',
  step,
  sizeBytes: step,
  integrity: { kind: 'complete', resumes: 'exactly' },
  loss: null,
  evalLoss: null,
  isBest: false,
  origin: 'this-run',
  gone: false,
  copyId: null,
  ...changes,
});
const run: HistoryRun = {
  format: 1,
  id: 'run',
  notebookId: 'n',
  notebookName: 'n.ipynb',
  framework: 'transformers',
  unit: 'steps',
  startedAt: 1,
  phase: { kind: 'training' },
  seenAt: 2,
  step: 30,
  total: 60,
  safeName: null,
  safeStep: null,
  stepsAtRisk: null,
  nextSave: null,
  loss: null,
  given: [],
  before: null,
  checkpoints: [checkpoint(20), checkpoint(100), checkpoint(3)],
};

describe('the table of checkpoints', () => {
  const steps = (changes: Partial<HistoryRun>, column: Column, descending: boolean) =>
    sorted(rowsOf([{ run: { ...run, ...changes }, number: 1 }], null), { column, descending }).map(
      (row) => row.checkpoint.step,
    );

  test('sorts numbers as numbers, names too, and leaves what is not known at the end', () => {
    expect(steps({}, 'name', false)).toEqual([3, 20, 100]);
    const withUnknown = { checkpoints: [checkpoint(null, { name: 'last.pt' }), ...run.checkpoints] };
    expect(steps(withUnknown, 'step', false)).toEqual([3, 20, 100, null]);
    expect(steps(withUnknown, 'size', true)).toEqual([100, 20, 3, null]);
    const broken = checkpoint(9, { integrity: { kind: 'unproven', files: ['a'] } });
    expect(steps({ checkpoints: [broken, checkpoint(5)] }, 'integrity', false)).toEqual([5, 9]);
  });

  test('has a column for what evaluations measured, as long as they are few', () => {
    const measured = (step: number, ...names: readonly string[]) =>
      checkpoint(step, { metrics: names.map((name, index) => ({ name, value: step + index })) });
    const checkpoints = [
      measured(1, 'f1'),
      checkpoint(2),
      measured(3, 'accuracy', 'f1'),
      measured(4, 'a', 'b'),
    ];
    const rows = rowsOf([{ run: { ...run, checkpoints }, number: 1 }], null);
    expect(columnsOf(rows).map(columnId).slice(4, 9)).toEqual([
      'evalLoss',
      'metric f1',
      'metric accuracy',
      'metric a',
      'size',
    ]);
    expect(steps({ checkpoints }, { metric: 'f1' }, true)).toEqual([3, 1, 2, 4]);
    expect(columnsOf(rowsOf([{ run, number: 1 }], null))).toHaveLength(8);
  });

  test('has only what the run wrote itself, and says where it is', () => {
    const resumed = { ...run, before: { runId: null, step: 20, name: null } };
    expect(rowsOf([{ run: resumed, number: 1 }], null).map((row) => row.checkpoint.step)).toEqual([100]);
    const places = [
      checkpoint(1),
      checkpoint(2, { copyId: 'here' }),
      checkpoint(3, { copyId: 'here', gone: true }),
      checkpoint(4, { copyId: 'removed', gone: true }),
    ];
    const rows = rowsOf([{ run: { ...run, checkpoints: places }, number: 1 }], ['here']);
    expect(rows.map(({ place }) => place)).toEqual(['machine', 'both', 'browser', 'gone']);
  });
});

describe('what is drawn', () => {
  const label = (): string => '';
  const curves = { ...NO_CURVES, loss: series([10, 3], [20, 2], [30, 1]), evalLoss: series([20, 2.5]) };

  test('are the curves over common steps, with gaps where there is no number', () => {
    const lines = [{ series: series([1, 5], [3, Number.NaN]) }, { series: series([2, -1], [3, 4]) }];
    expect(alignedData(lines, { from: 1, to: 3 }, 100, false)).toEqual([
      [1, 2, 3],
      [5, undefined, null],
      [undefined, -1, 4],
    ]);
    expect(alignedData(lines, { from: 1, to: 3 }, 100, true)[2]).toEqual([undefined, null, 4]);
  });

  test('spans all of them, and a single point has a window, too', () => {
    expect(extentOf([{ series: series([5, 1], [9, 1]) }, { series: series([2, 1]) }])).toEqual({
      from: 2,
      to: 9,
    });
    expect(extentOf([{ series: series([5, 1]) }])).toEqual({ from: 4, to: 6 });
    expect(extentOf([{ series: series() }])).toBeNull();
  });

  test('zooms around a place, within the whole, and back to all of it', () => {
    const whole = { from: 0, to: 100 };
    expect(zoomed(whole, 25, 0.5, whole)).toEqual({ from: 12.5, to: 62.5 });
    expect(zoomed({ from: 10, to: 20 }, 15, 2, whole)).toEqual({ from: 5, to: 25 });
    expect(zoomed({ from: 10, to: 90 }, 50, 2, whole)).toBeNull();
    expect(zoomed({ from: 10, to: 11 }, 10.5, 0.5, whole)).toEqual({ from: 10, to: 11 });
  });

  test('are raw values below a smoothed curve, and checkpoints on the curve of their run', () => {
    const chosen = [{ run: { ...run, checkpoints: [checkpoint(20, { isBest: true })] }, slot: 2, curves }];
    expect(linesOf(chosen, false, label).map(({ kind, faint }) => [kind, faint])).toEqual([
      ['loss', false],
      ['evalLoss', false],
    ]);
    const smooth = linesOf(chosen, true, label);
    expect(smooth.map(({ kind, faint }) => [kind, faint])).toEqual([
      ['loss', true],
      ['loss', false],
      ['evalLoss', false],
    ]);
    expect(marksOf(chosen, linesOf(chosen, false, label))).toEqual([
      {
        slot: 2,
        lineKey: 'run loss',
        name: 'checkpoint-20',
        step: 20,
        value: 2,
        isBest: true,
        isWhole: true,
      },
    ]);
  });
});

test('a run keeps its colour while others come and go', () => {
  const three = ['a', 'b', 'c'].reduce(toggled, NO_SLOTS);
  const without = toggled(three, 'a');
  expect(without.slice(0, 3)).toEqual([null, 'b', 'c']);
  expect(toggled(without, 'd').slice(0, 3)).toEqual(['d', 'b', 'c']);
  expect(onlyKnown(three, new Set(['b'])).slice(0, 3)).toEqual([null, 'b', null]);
  expect(onlyKnown(three, new Set(['a', 'b', 'c']))).toBe(three);
  const full = Array.from({ length: MOST_RUNS }, (_, index) => `run-${index}`).reduce(toggled, NO_SLOTS);
  expect(toggled(full, 'one more')).toBe(full);
});

test('the history as JSON says null where a loss was no number', () => {
  const curves = { ...NO_CURVES, loss: series([1, Number.NaN], [2, 0.5]) };
  expect(JSON.parse(historyJson([{ run, curves }], 0))).toEqual({
    format: 1,
    exportedAt: '1970-01-01T00:00:00.000Z',
    runs: [
      {
        ...run,
        curves: { loss: { steps: [1, 2], values: [null, 0.5] }, eval_loss: { steps: [], values: [] } },
      },
    ],
  });
});
