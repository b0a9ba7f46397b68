import { describe, expect, it } from 'vitest';
import { createColab } from './colab.ts';
import { fakeNotebook, type FakeOptions } from './fake-notebook.ts';

const PATH = 'drive/abc';
const open = (sources: readonly string[], options?: FakeOptions) => {
  const fake = fakeNotebook(sources, options);
  return { ...fake, colab: createColab(fake.page, () => true) };
};

const routes: readonly (readonly [string, FakeOptions])[] = [
  ['tool layer', { tools: true, insertCell: false }],
  ['insertCell', {}],
  ['toolbar', { insertCell: false, toolbar: true }],
];

describe('inserting a cell in Colab', () => {
  it.each(routes)('by the %s: below the wanted cell, read back', async (name, options) => {
    const { colab, sources, state } = open(['a', 'train()', 'b'], options);
    expect(colab.routes?.().find(({ power }) => power === 'insert')?.route).toBe(name);
    const outcome = await colab.insertBelow(PATH, 'cell1', 'train(resume)');
    expect(outcome).toEqual({ kind: 'done', cellId: 'new1' });
    expect(sources()).toEqual(['a', 'train()', 'train(resume)', 'b']);
    expect(state.focused, 'the new cell is the one in focus').toBe('new1');
  });

  it.each(routes)('by the %s: above the wanted cell, below its neighbour', async (_name, options) => {
    const { colab, sources } = open(['a', 'train()', 'b'], options);
    expect(await colab.insertAbove(PATH, 'cell1', 'set()')).toEqual({ kind: 'done', cellId: 'new1' });
    expect(sources()).toEqual(['a', 'set()', 'train()', 'b']);
    expect(await colab.insertAbove(PATH, 'cell0', 'set()')).toEqual({
      kind: 'failed',
      reason: 'cell-not-found',
    });
    expect(await colab.insertAbove(PATH, 'gone', 'set()')).toEqual({
      kind: 'failed',
      reason: 'cell-not-found',
    });
    expect(sources()).toEqual(['a', 'set()', 'train()', 'b']);
  });

  it('waits for a text that shows late', async () => {
    const { colab, sources } = open(['train()'], { setTextMs: 1200 });
    expect((await colab.insertBelow(PATH, 'cell0', 'new')).kind).toBe('done');
    expect(sources()).toEqual(['train()', 'new']);
  });

  it('takes an empty cell away again that never shows its text', async () => {
    const { colab, sources } = open(['train()'], { setTextMs: 60_000 });
    expect(await colab.insertBelow(PATH, 'cell0', 'new')).toEqual({
      kind: 'failed',
      reason: 'not-read-back',
    });
    expect(sources()).toEqual(['train()']);
  });

  it('never writes into a cell that holds something, or that stands elsewhere', async () => {
    const prefilled = open(['train()'], { prefilled: 'somebody wrote this' });
    expect((await prefilled.colab.insertBelow(PATH, 'cell0', 'new')).kind).toBe('failed');
    expect(prefilled.sources()).toEqual(['train()', 'somebody wrote this']);

    const elsewhere = open(['a', 'train()', 'b'], { offBy: 1 });
    expect((await elsewhere.colab.insertBelow(PATH, 'cell1', 'new')).kind).toBe('failed');
    expect(elsewhere.sources()).toEqual(['a', 'train()', 'b']);
  });

  it('says so when there is no way, and touches nothing', async () => {
    const { colab, sources } = open(['train()'], { insertCell: false });
    expect(await colab.insertBelow(PATH, 'cell0', 'new')).toEqual({ kind: 'failed', reason: 'page-error' });
    expect(await colab.insertBelow(PATH, 'gone', 'new')).toEqual({
      kind: 'failed',
      reason: 'cell-not-found',
    });
    expect(await colab.insertBelow('drive/other', 'cell0', 'new')).toEqual({
      kind: 'failed',
      reason: 'cell-not-found',
    });
    expect(sources()).toEqual(['train()']);
  });
});

describe('cells in Colab', () => {
  it('are run once, and not at all while disconnected', async () => {
    const { colab, cells, state } = open(['setup()']);
    expect(await colab.run(PATH, 'cell0')).toEqual({ kind: 'queued' });
    expect(colab.runningCell?.()).toBe('cell0');
    state.connected = false;
    expect(await colab.run(PATH, 'cell0')).toEqual({ kind: 'failed', reason: 'no-kernel' });
    expect(cells[0]?.running).toBe(true);
  });

  it('are taken out and changed only while they hold what is expected', async () => {
    const { colab, sources } = open(['mine', 'yours']);
    expect(await colab.remove(PATH, 'cell1', 'mine')).toEqual({ kind: 'failed', reason: 'cell-was-edited' });
    expect((await colab.replaceSource(PATH, 'cell1', 'mine', 'x')).kind).toBe('failed');
    expect(await colab.replaceSource(PATH, 'cell0', 'mine', 'new')).toEqual({
      kind: 'done',
      cellId: 'cell0',
    });
    expect(await colab.remove(PATH, 'cell0', 'new')).toEqual({ kind: 'done' });
    expect(sources()).toEqual(['yours']);
  });

  it('are read from the page object, never from what is on the screen', () => {
    const { colab } = open(['a', 'b']);
    expect(colab.readCells(PATH)).toEqual([
      { id: 'cell0', source: 'a' },
      { id: 'cell1', source: 'b' },
    ]);
    expect(colab.machine?.()).toMatchObject({ id: 'm-1', connected: true, notice: 'none' });
  });
});
