import { describe, expect, it } from 'vitest';
import type { MemoryUse } from '../core/pressure/memory-use.ts';
import { fail, ok } from '../core/result.ts';
import { beginRun, type Run } from '../core/run/run.ts';
import { newRun } from '../core/run/run-rig.ts';
import { labPage } from './lab-page.ts';
import { createMemoryDesk } from './memory-desk.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';

const MINUTE = 60_000;
const GB = 1024 ** 3;
const use = (used: number): MemoryUse => ({ usedBytes: used * GB, limitBytes: 12.67 * GB });

const run = (id = 'r'): Run => beginRun(newRun({ id, folder: { kind: 'unknown' } }));

/** The desk on a machine that tells `told`: what is taken, `null` for one that does not tell, `'away'` for no answer. */
const setUp = (change: Partial<Notebook> = {}) => {
  let record: Notebook = { ...emptyNotebook(labPage, 'a.ipynb', 0), present: true, run: run(), ...change };
  const state: {
    at: number;
    told: MemoryUse | null | 'away';
    asked: number;
    warned: string[];
    meanwhile: () => void;
  } = { at: 0, told: use(5), asked: 0, warned: [], meanwhile: () => undefined };
  const desk = createMemoryDesk(
    { get: () => record, change: (_id, apply) => (record = apply(record)) },
    async () => {
      state.asked += 1;
      const { told } = state;
      await Promise.resolve();
      state.meanwhile();
      return told === 'away' ? fail({ kind: 'no-server' }) : ok(told);
    },
    { memoryFills: (_id, { level }) => void state.warned.push(level) },
    () => state.at,
  );
  return {
    state,
    tick: async (at: number, told?: MemoryUse | null | 'away') => {
      state.at = at;
      if (told !== undefined) state.told = told;
      await desk.askIfDue(record.id);
    },
    view: () => desk.view(record),
    change: (more: Partial<Notebook>) => void (record = { ...record, ...more }),
  };
};

describe('the memory of the machine', () => {
  it('is asked for once a minute at most, and by one question at a time', async () => {
    const { state, tick } = setUp();
    await Promise.all([tick(0), tick(0)]);
    await tick(MINUTE - 1);
    expect(state.asked).toBe(1);
    await tick(MINUTE);
    expect(state.asked).toBe(2);
  });

  it('is asked for once an hour where nobody tells', async () => {
    const { state, tick, view } = setUp();
    state.told = null;
    for (let at = 0; at < 60 * MINUTE; at += MINUTE) await tick(at);
    expect(state.asked).toBe(1);
    await tick(60 * MINUTE);
    expect(state.asked).toBe(2);
    expect(view()).toBeNull();
  });

  it('is not asked for where nothing trains, or no page shows it', async () => {
    const finished: Run = { ...run(), phase: { kind: 'finished', at: 1, machine: 'same' } };
    for (const change of [{ run: null }, { run: finished }, { present: false }]) {
      const { state, tick } = setUp(change);
      await tick(0);
      expect(state.asked).toBe(0);
    }
  });

  it('warns once for a run, shows it as long as it lasts, and for the next run again', async () => {
    const { state, tick, view, change } = setUp();
    await tick(0, use(11.8));
    expect(view()).toEqual({ level: 'full', ...use(11.8), fullInMs: null });
    await tick(MINUTE, use(8));
    expect(view()).toBeNull();
    await tick(2 * MINUTE, use(11.9));
    expect(view()).toMatchObject({ level: 'full' });
    expect(state.warned).toEqual(['full']);
    change({ run: run('another') });
    expect(view(), 'nothing is known of the next run yet').toBeNull();
    await tick(2 * MINUTE + 1, use(11.9));
    expect(state.warned).toEqual(['full', 'full']);
  });

  it('warns before it is full', async () => {
    const { state, tick, view } = setUp();
    for (const [minute, used] of [8, 8.5, 9, 9.5, 10].entries()) await tick(minute * MINUTE, use(used));
    expect(state.warned).toEqual(['filling']);
    expect((view()?.fullInMs ?? 0) / MINUTE).toBeCloseTo(5.34, 1);
  });

  it('is not known when it was not told for a while', async () => {
    const { tick, view } = setUp();
    await tick(0, use(11.8));
    await tick(MINUTE, 'away');
    expect(view()).toMatchObject({ level: 'full' });
    await tick(2 * MINUTE, 'away');
    await tick(3 * MINUTE + 1, 'away');
    expect(view()).toBeNull();
  });

  it('is not that of a run that began meanwhile', async () => {
    const { state, tick, view, change } = setUp();
    state.meanwhile = () => change({ run: run('another') });
    await tick(0, use(11.8));
    expect(view()).toBeNull();
    expect(state.warned).toEqual([]);
  });
});
