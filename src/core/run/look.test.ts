import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { contradictionsIn } from './contradictions.ts';
import { takeEmptyLook, takeLook } from './look.ts';
import { beginRun, continueRun, type Run } from './run.ts';
import { newRun, OUTPUTS, tableAt, wholeCheckpoint } from './run-rig.ts';
import { safeCheckpoint } from './saves.ts';

const START = 1_000_000;
const begun = (): Run => beginRun(newRun({ startedAt: START, folder: { ...OUTPUTS, seen: false } }));
const found = (step: number, modifiedAt: number | null, changes: Partial<Checkpoint> = {}): Checkpoint =>
  wholeCheckpoint(step, { modifiedAt, ...changes });

describe('looks at the output folder', () => {
  it('tell what lay there before from what this run writes', () => {
    const first = takeLook(begun(), [found(500, START - 9000)], START + 10);
    const second = takeLook(first, [found(500, START - 9000), found(100, START + 5000)], START + 6000);
    expect(second.checkpoints.map(({ name, origin }) => [name, origin])).toEqual([
      ['checkpoint-100', 'this-run'],
      ['checkpoint-500', 'earlier'],
    ]);
    expect(safeCheckpoint(second)?.name).toBe('checkpoint-100');
  });

  it('see that an old name was written anew', () => {
    const first = takeLook(begun(), [found(100, START - 9000)], START + 10);
    const second = takeLook(first, [found(100, START + 5000)], START + 6000);
    expect(second.checkpoints[0]?.origin).toBe('this-run');
  });

  it('do not take old folders for new ones when the first look comes late', () => {
    const run: Run = { ...begun(), sightings: tableAt(120, START + 4000) };
    const looked = takeLook(run, [found(600, START - 1), found(100, START + 3000)], START + 5000);
    expect(looked.checkpoints.map(({ origin }) => origin)).toEqual(['this-run', 'earlier']);
  });

  it("do not take old ones for this run's when its user names the folder in its midst", () => {
    const folder = { kind: 'known', asWritten: 'o', onServer: 'o', from: 'user', seen: false } as const;
    const run: Run = { ...begun(), folder };
    const there = [found(600, START - 1), found(100, START + 3000), found(700, null)];
    const first = takeLook(run, there, START + 5000);
    expect(Object.fromEntries(first.checkpoints.map(({ name, origin }) => [name, origin]))).toEqual({
      'checkpoint-600': 'earlier',
      'checkpoint-100': 'this-run',
      'checkpoint-700': 'earlier',
    });
    const later = takeLook(first, [found(700, START + 1)], START + 6000);
    expect(later.checkpoints.find(({ name }) => name === 'checkpoint-700')?.origin).toBe('this-run');
  });

  it('remember what was rotated away, and forget it when it is there again', () => {
    const first = takeLook(takeEmptyLook(begun(), START), [found(100, START + 1)], START + 2);
    const second = takeLook(first, [found(200, START + 3)], START + 4);
    expect(second.checkpoints.map(({ name, gone }) => [name, gone])).toEqual([
      ['checkpoint-100', true],
      ['checkpoint-200', false],
    ]);
    expect(safeCheckpoint(second)?.step).toBe(200);
    const third = takeLook(second, [found(100, START + 9), found(200, START + 3)], START + 10);
    expect(third.checkpoints.filter(({ gone }) => gone)).toEqual([]);
  });

  it('do not call a broken checkpoint safe', () => {
    const broken = found(200, START + 2, {
      integrity: { kind: 'broken', defects: [{ kind: 'file-cut-short', file: 'optimizer.pt' }] },
    });
    const run = takeLook(takeEmptyLook(begun(), START), [found(100, START + 1), broken], START + 3);
    expect(safeCheckpoint(run)?.step).toBe(100);
  });
});

describe('contradictions', () => {
  const looked = (run: Run, ...checkpoints: readonly Checkpoint[]): Run =>
    takeLook(takeEmptyLook(run, START), checkpoints, START + 100);

  it('are none while the sources agree', () =>
    expect(contradictionsIn(looked(begun(), found(100, START + 1)))).toEqual([]));

  const MINUTE = 60_000;
  const announcing = (saved: readonly string[], deleted: readonly string[], at: number): Run => ({
    ...begun(),
    announced: { saved: [...saved], deleted: [...deleted], at },
  });

  it('a save that was announced and is not on the disk', () =>
    expect(
      contradictionsIn(
        looked(announcing(['outputs/checkpoint-200'], [], START - MINUTE), found(100, START + 1)),
      ),
    ).toEqual([{ kind: 'announced-not-on-disk', path: 'outputs/checkpoint-200' }]));

  it('a removal that was announced and is still on the disk', () =>
    expect(
      contradictionsIn(
        looked(announcing([], ['outputs/checkpoint-100'], START - MINUTE), found(100, START + 1)),
      ),
    ).toEqual([{ kind: 'deleted-still-on-disk', path: 'outputs/checkpoint-100' }]));

  it.each([
    ['is older than the announcement', START + 200],
    ['comes so soon after it that writing and removing may go on', START],
  ])('are none while it trains and the look %s', (_when, at) => {
    const run = announcing(['outputs/checkpoint-200'], ['outputs/checkpoint-100'], at);
    expect(contradictionsIn(looked(run, found(100, START + 1)))).toEqual([]);
  });

  it('of a run that is over do not wait', () => {
    const run: Run = {
      ...announcing(['outputs/checkpoint-200'], [], START),
      phase: { kind: 'finished', at: START + 1, machine: 'same' },
    };
    expect(contradictionsIn(looked(run, found(100, START + 1)))).toHaveLength(1);
  });

  it('a page that stands still while the folder goes on', () => {
    const run: Run = { ...begun(), sightings: tableAt(120, 1) };
    expect(contradictionsIn(looked(run, found(300, START + 1)))).toEqual([
      { kind: 'step-behind-folder', shown: 120, folder: 300 },
    ]);
  });

  it('are none while the page was only a moment behind', () => {
    const run: Run = { ...begun(), sightings: tableAt(98, START - 500) };
    expect(contradictionsIn(looked(run, found(100, START + 1)))).toEqual([]);
  });
});

describe('a run that goes on and prints nothing', () => {
  const lost = takeLook(takeEmptyLook(begun(), START), [found(100, START + 1)], START + 2);
  const again = continueRun({ ...begun(), startedAt: START + 10 }, lost, wholeCheckpoint(100));

  it('is proven by what it saves', () => {
    const same = takeLook(again, [found(100, START + 1)], START + 20);
    expect(same.resumption?.step).toBeNull();
    const further = takeLook(same, [found(100, START + 1), found(200, START + 15)], START + 21);
    expect(further.resumption?.step).toBe(200);
  });

  it('is not by what lies there from before', () => {
    const older = takeLook(again, [found(100, START + 1), found(150, START + 5)], START + 20);
    expect(older.resumption?.step).toBeNull();
  });
});
