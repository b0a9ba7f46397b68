import { describe, expect, it } from 'vitest';
import { beginRun, type Run } from '../core/run/run.ts';
import { newRun, OUTPUTS, seenCheckpoint, tableAt } from '../core/run/run-rig.ts';
import { fail, ok } from '../core/result.ts';
import { createDiskDesk } from './disk-desk.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';

const MINUTE = 60_000;

const run = (step: number, onServer = 'outputs'): Run => ({
  ...beginRun(newRun({ folder: { ...OUTPUTS, onServer } })),
  sightings: tableAt(step),
  lookedAt: 1,
  checkpoints: [seenCheckpoint(100)],
});

/** The desk on a server that tells `free` bytes: a number, `null` for one that does not tell, `'away'` for no answer. */
const setUp = (change: Partial<Notebook> = {}) => {
  let record: Notebook = {
    ...emptyNotebook(labPage, 'a.ipynb', 0),
    present: true,
    run: run(150),
    ...change,
  };
  const state: { at: number; free: number | null | 'away'; asked: number; warned: number[] } = {
    at: 0,
    free: 10_000,
    asked: 0,
    warned: [],
  };
  const desk = createDiskDesk(
    {
      ready: Promise.resolve(),
      get: () => record,
      all: () => [record],
      inTab: () => [record],
      add: () => undefined,
      onChange: () => undefined,
      change: (_id, apply) => (record = apply(record)),
    },
    async () => {
      state.asked += 1;
      return state.free === 'away' ? fail({ kind: 'no-server' }) : ok(state.free);
    },
    { diskFills: (_id, { more }) => void state.warned.push(more) },
    () => state.at,
  );
  const tick = async (at: number): Promise<void> => {
    state.at = at;
    await desk.askIfDue(record.id);
  };
  return {
    state,
    tick,
    view: () => desk.view(record),
    change: (more: Partial<Notebook>) => void (record = { ...record, ...more }),
  };
};

describe('the disk of the machine', () => {
  it('is asked for once a minute at most', async () => {
    const { state, tick, view } = setUp();
    await tick(0);
    await tick(1000);
    await tick(MINUTE - 1);
    expect(state.asked).toBe(1);
    expect(view()).toEqual({ count: 1, heldBytes: 1000, freeBytes: 10_000, room: { kind: 'enough' } });
    await tick(MINUTE);
    expect(state.asked).toBe(2);
  });

  it('is asked for once an hour where the server does not tell, which is said as not known', async () => {
    const { state, tick, view } = setUp();
    state.free = null;
    for (let at = 0; at < 59 * MINUTE; at += MINUTE) await tick(at);
    expect(state.asked).toBe(1);
    expect(view()).toMatchObject({ freeBytes: null, room: { kind: 'unknown' } });
  });

  it('what is not answered now is not known now', async () => {
    const { state, tick, view } = setUp();
    await tick(0);
    state.free = 'away';
    await tick(MINUTE);
    expect(view()?.freeBytes).toBeNull();
  });

  it('is another one with another machine', async () => {
    const { state, tick, view, change } = setUp({ machine: { id: 'm1', connected: true, asks: false } });
    await tick(0);
    change({ machine: { id: 'm2', connected: true, asks: false } });
    expect(view()?.freeBytes).toBeNull();
    await tick(1000);
    expect(state.asked).toBe(2);
    expect(view()?.freeBytes).toBe(10_000);
  });

  it('is not asked for without a run, a folder or a page, nor for a mounted Drive', async () => {
    for (const change of [
      { run: null },
      { run: { ...run(150), folder: { kind: 'unknown' } as const } },
      { run: run(150, 'content/drive/MyDrive/outputs') },
      { present: false },
    ]) {
      const { state, tick } = setUp(change);
      await tick(0);
      expect(state.asked).toBe(0);
    }
  });

  it('warns once, in time, also by what was saved since it was asked for', async () => {
    const { state, tick, change, view } = setUp();
    state.free = 3500;
    await tick(0);
    expect(state.warned).toEqual([]);
    change({ run: { ...run(250), checkpoints: [seenCheckpoint(100), seenCheckpoint(200)] } });
    await tick(1000);
    expect(view()).toMatchObject({ freeBytes: 2500, room: { kind: 'limited', more: 2, fullAt: 500 } });
    expect(state.warned).toEqual([2]);
    state.free = 900;
    await tick(2 * MINUTE);
    expect(state.warned, 'once for a run').toEqual([2]);
    change({ run: { ...run(250), id: 'another', checkpoints: [seenCheckpoint(100)] } });
    await tick(2 * MINUTE + 1000);
    expect(state.warned, 'and for the next').toHaveLength(2);
  });

  it('does not warn of a run that is over', async () => {
    const { state, tick, view } = setUp({
      run: { ...run(600), phase: { kind: 'finished', at: 1, machine: 'same' } },
    });
    state.free = 10;
    await tick(0);
    expect(state.warned).toEqual([]);
    expect(view()).toMatchObject({ freeBytes: 10, room: { kind: 'unknown' } });
  });
});
