import { describe, expect, it } from 'vitest';
import { baselineOf, beforeOf, placeOfRun, turnOf, type Place } from './grown-place.ts';

const START = 1000;
const place = (path: string, times: Readonly<Record<string, number | null>>): Place => ({
  path,
  checkpoints: Object.entries(times).map(([name, modifiedAt]) => ({ name, modifiedAt })),
});

describe('the place a run writes to', () => {
  it.each<[string, readonly Place[], readonly Place[], string | null]>([
    ['nothing was found', [], [], null],
    ['all is older than the run', [place('a', { 'last.pt': 900 })], [], null],
    ['of a time nobody told', [place('a', { 'last.pt': null })], [], null],
    ['one holds something newer', [place('a', { 'last.pt': 900 }), place('b', { 'last.pt': 1200 })], [], 'b'],
    ['the newest of several', [place('a', { x: 1300 }), place('b', { y: 1200 })], [], 'a'],
    [
      "the server's clock is ahead: it lay there before",
      [place('a', { 'last.pt': 1500 })],
      [place('a', { 'last.pt': 1500 })],
      null,
    ],
    ['written anew since', [place('a', { 'last.pt': 1600 })], [place('a', { 'last.pt': 1500 })], 'a'],
  ])('%s', (_, found, before, path) => {
    expect(placeOfRun(found, beforeOf(before), START)?.path ?? null).toBe(path);
  });

  it('has a baseline of what an earlier run left in it', () => {
    const found = place('a', { 'epoch=0.ckpt': 900, 'epoch=1.ckpt': 1500, 'epoch=2.ckpt': 1600 });
    const before = beforeOf([place('a', { 'epoch=1.ckpt': 1500 })]);
    expect(baselineOf(found, before, START)).toEqual({ 'epoch=0.ckpt': 900, 'epoch=1.ckpt': 1500 });
  });
});

describe('the turn of a folder', () => {
  const folder = (name: string, modifiedAt: number | null) =>
    ({ name, kind: 'directory', sizeBytes: null, modifiedAt }) as const;
  it.each([
    ['lightning_logs', 1200, 0],
    ['my-model', 1200, 1],
    ['lightning_logs', 900, 2],
    ['runs', null, 2],
    ['my-model', 900, null],
    ['node_modules', 1200, null],
    ['__pycache__', 1200, null],
    ['wandb', 1200, null],
  ])('%s of %s is %s', (name, modifiedAt, turn) => {
    expect(turnOf(folder(name, modifiedAt), START)).toBe(turn);
  });

  it('is none of a file', () =>
    expect(turnOf({ name: 'runs', kind: 'file', sizeBytes: 1, modifiedAt: 1200 }, START)).toBeNull());
});
