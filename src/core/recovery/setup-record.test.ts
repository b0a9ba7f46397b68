import { describe, expect, it } from 'vitest';
import { cellTitle, sourceHash } from './cell-title.ts';
import { emptySetupRecord, noteExecution, setupCells, type SetupRecord } from './setup-record.ts';

/** Runs cells one after the other, a second each: `[id, source]`, or `[id, source, false]` for one that fails. */
function ran(...runs: readonly (readonly [string, string, boolean?])[]): SetupRecord {
  return runs.reduce<SetupRecord>(
    (record, [cellId, source, ok = true], index) =>
      noteExecution(record, { cellId, source, ok, startedAt: index * 1000, endedAt: index * 1000 + 500 }),
    emptySetupRecord,
  );
}

const notebook = (
  cells: Readonly<Record<string, string>>,
): readonly { readonly id: string; readonly source: string }[] =>
  Object.entries(cells).map(([id, source]) => ({ id, source }));

const ids = (found: ReturnType<typeof setupCells>): readonly string[] =>
  found.cells.map(({ cellId, state }) => `${cellId} ${state}`);

const cells = { a: 'import x', b: 'model = 1', c: 'data = 2', t: 'trainer.train()' };

describe('setupCells', () => {
  it('gives what ran well before training, in the order in which it first ran', () => {
    const record = ran(
      ['c', cells.c],
      ['a', cells.a],
      ['b', 'modl', false],
      ['b', cells.b],
      ['a', cells.a],
      ['t', cells.t],
      ['z', 'late'],
    );
    const found = setupCells(record, 't', 5000, notebook(cells));
    expect(found).toMatchObject({ from: 'record', isPartial: false, otherTraining: [] });
    expect(ids(found)).toEqual(['c same', 'a same', 'b same']);
    expect(found.cells[0]).toEqual({
      cellId: 'c',
      title: 'data = 2',
      state: 'same',
      tookMs: 500,
      mark: null,
      beside: true,
    });
  });

  it('compares with the notebook as it is now', () => {
    const record = ran(
      ['a', 'old'],
      ['b', cells.b],
      ['d', 'gone'],
      ['a', 'import x'],
      ['c', 'before'],
      ['t', cells.t],
    );
    expect(ids(setupCells(record, 't', 5000, notebook(cells)))).toEqual([
      'a same',
      'b same',
      'd missing',
      'c changed',
    ]);
  });

  it('takes the version that ran before training, not one that ran after it', () => {
    const record = ran(['b', 'first'], ['b', cells.b], ['t', cells.t], ['b', 'edited after']);
    expect(ids(setupCells(record, 't', 2000, notebook(cells)))).toEqual(['b same']);
    const back = ran(['b', cells.b], ['b', 'second'], ['t', cells.t], ['b', cells.b]);
    expect(ids(setupCells(back, 't', 2000, notebook(cells)))).toEqual(['b changed']);
    const again = ran(['b', cells.b], ['b', 'second'], ['b', cells.b], ['t', cells.t]);
    expect(ids(setupCells(again, 't', 3000, notebook(cells)))).toEqual(['b same']);
  });

  it('takes in the cell that sets how the trainer saves, in its place', () => {
    const settings =
      '# Holdfast put this cell here\nfrom x import y\n\nholdfast_says = "no"\nprint(holdfast_says)';
    const record = ran(['a', cells.a], ['s', settings], ['t', cells.t]);
    const book = notebook({ a: cells.a, s: settings, t: cells.t });
    expect(ids(setupCells(record, 't', 9000, book))).toEqual(['a same', 's same']);
    expect(ids(setupCells(emptySetupRecord, 't', 9000, book))).toEqual(['a same', 's same']);
  });

  it('leaves out Holdfast cells, empty cells and other training', () => {
    const all = {
      ...cells,
      e: ' \n',
      h: '# Holdfast: resumes\nx = 1',
      s: '!python train.py',
      u: 'm = Trainer(a)',
      v: 'm.train()',
    };
    const record = ran(...Object.entries(all), ['t', cells.t]);
    const found = setupCells(record, 't', 99_000, notebook(all));
    expect(ids(found)).toEqual(['a same', 'b same', 'c same', 'u same']);
    expect(found.otherTraining.map(({ cellId }) => cellId)).toEqual(['s', 'v']);
  });

  it('a cell still running when training began, or begun after it, is not setup', () => {
    const record = ran(['a', cells.a], ['b', cells.b]);
    expect(ids(setupCells(record, 't', 1200, notebook(cells)))).toEqual(['a same']);
  });

  it('falls back to the cells above', () => {
    const all = {
      a: cells.a,
      h: '# Holdfast: x',
      e: '',
      o: 'trainer.train()',
      t: 'trainer.train()',
      z: 'after',
    };
    const found = setupCells(emptySetupRecord, 't', 0, notebook(all));
    expect(found).toEqual({
      from: 'notebook',
      cells: [{ cellId: 'a', title: 'import x', state: 'same', tookMs: null, mark: null, beside: true }],
      otherTraining: [
        { cellId: 'o', title: 'trainer.train()', state: 'same', tookMs: null, mark: null, beside: false },
      ],
      isPartial: false,
    });
    expect(setupCells(emptySetupRecord, 'unknown', 0, notebook(all)).cells).toEqual([]);
  });

  it('stays bounded, keeps the first cells, and keeps no sources', () => {
    const big = 'y'.repeat(100_000);
    const first = ran(['a', cells.a], ['b', cells.b]);
    const edited = Array.from({ length: 600 }, (_, n) => n).reduce(
      (record, n) =>
        noteExecution(record, {
          cellId: 'c',
          source: `${big}${n}`,
          ok: true,
          startedAt: 9000 + n,
          endedAt: 9000 + n,
        }),
      first,
    );
    expect(edited.runs).toHaveLength(500);
    expect(edited.dropped).toBe(0);
    expect(JSON.stringify(edited).length).toBeLessThan(200_000);
    expect(ids(setupCells(edited, 't', 99_000, notebook(cells)))).toEqual(['a same', 'b same', 'c changed']);
    const many = ran(...Array.from({ length: 501 }, (_, n) => [`c${n}`, `x = ${n}`] as const));
    expect(many).toMatchObject({ dropped: 1 });
    expect(setupCells(many, 't', 999_999, []).isPartial).toBe(true);
    expect(many.runs[0]?.cellId).toBe('c0');
  });
});

describe('cellTitle', () => {
  it.each([
    ['\n\n  x = 1\ny', 'x = 1'],
    ['# Load the model\nx', 'Load the model'],
    ['#@title Install\n!pip', 'Install'],
    ['%%capture\nimport a', 'import a'],
    ['%%bash', '%%bash'],
    ['####\nx', 'x'],
    ['', ''],
    ['a'.repeat(81), `${'a'.repeat(79)}…`],
    ['😀'.repeat(81), `${'😀'.repeat(79)}…`],
  ])('%j → %j', (source, title) => {
    expect(cellTitle(source)).toBe(title);
  });
});

it('sourceHash tells near versions apart', () => {
  const sources = ['', 'a', 'b', 'ab', 'ba', 'x = 1', 'x = 2', 'x = 1\n', 'x =1', 'ａ'];
  expect(new Set(sources.map(sourceHash)).size).toBe(sources.length);
  expect(sourceHash('x = 1')).toBe(sourceHash('x = 1'));
});
