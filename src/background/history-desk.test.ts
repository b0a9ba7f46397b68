import { describe, expect, it } from 'vitest';
import { seriesOf } from '../core/history/series.ts';
import type { CurveNews } from '../core/history/curves.ts';
import type { HistoryRun } from '../core/history/history-run.ts';
import { beginRun, continueRun, type Run, type SeenCheckpoint } from '../core/run/run.ts';
import { newRun, seenCheckpoint } from '../core/run/run-rig.ts';
import { createHistoryDesk } from './history-desk.ts';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';

const start = (id: string): Run => beginRun(newRun({ id, startedAt: 1000 }));
const saved = (
  step: number,
  kind: 'writing' | 'complete',
  changes: Partial<SeenCheckpoint> = {},
): SeenCheckpoint =>
  seenCheckpoint(step, {
    integrity: kind === 'writing' ? { kind } : { kind, resumes: 'exactly' },
    ...changes,
  });
const heard = (step: number, value: number): Run['lossesHeard'] => [{ of: 'loss', step, value }];

/** The desk with a notebook that changes as a run changes it, and a clock that is set. */
const setUp = () => {
  const clock = { at: 10_000, isFull: false };
  const written: { readonly run: HistoryRun; readonly news: CurveNews }[] = [];
  const known: { record: Notebook } = {
    record: emptyNotebook(labPage, 'story.ipynb', 1),
  };
  const desk = createHistoryDesk(
    { get: () => known.record, all: () => [known.record] },
    {
      write: async (run, news) => {
        if (clock.isFull) throw new Error('the disk is full');
        written.push({ run, news });
      },
    },
    { list: async () => [], ofNotebook: async () => [] },
    { ask: async () => ({ ok: false, failure: { kind: 'no-server' } }) },
    () => clock.at,
  );
  const change = async (run: Run): Promise<void> => {
    known.record = { ...known.record, run };
    desk.noticed(known.record);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { clock, written, desk, change, known };
};

describe('a run is written into the history', () => {
  it('when its user has asked something of it, at once', async () => {
    const { known, change, written } = setUp();
    const run = start('r');
    await change(run);
    await change(run);
    expect(written).toHaveLength(1);
    const saved451 = { kind: 'saved', step: 451, name: 'checkpoint-451', stop: false, at: 9 } as const;
    known.record = { ...known.record, askedChanges: { runId: 'r', changes: [saved451] } };
    await change(run);
    await change(run);
    expect(written).toHaveLength(2);
    expect(written.at(-1)?.run.asked).toEqual([saved451]);
    await change(start('next'));
    expect(written.at(-1)?.run).toMatchObject({ id: 'next', asked: [] });
  });

  it('when it begins, when a checkpoint changes, and when it ends', async () => {
    const { change, written } = setUp();
    const run = start('r');
    await change(run);
    await change({ ...run, checkpoints: [saved(100, 'writing')] });
    await change({ ...run, checkpoints: [saved(100, 'complete')] });
    await change({ ...run, checkpoints: [saved(100, 'complete')] });
    await change({
      ...run,
      checkpoints: [saved(100, 'complete')],
      phase: { kind: 'finished', at: 9, machine: 'same' },
    });
    expect(written.map(({ run: each }) => [each.phase.kind, each.checkpoints[0]?.integrity.kind])).toEqual([
      ['training', undefined],
      ['training', 'writing'],
      ['training', 'complete'],
      ['finished', 'complete'],
    ]);
  });

  it('once a minute while it only trains, with every loss it told since, each once', async () => {
    const { change, clock, written, desk } = setUp();
    const run = start('r');
    await change(run);
    await change({ ...run, lossesHeard: heard(10, 3) });
    await change({ ...run, lossesHeard: heard(10, 3) });
    await change({ ...run, lossesHeard: heard(20, 2) });
    expect(written).toHaveLength(1);
    clock.at += 60_000;
    await change({ ...run, lossesHeard: heard(30, 1) });
    expect(written).toHaveLength(2);
    expect(written[1]?.news.loss).toEqual([
      { step: 10, value: 3 },
      { step: 20, value: 2 },
      { step: 30, value: 1 },
    ]);
    await change({ ...run, lossesHeard: heard(40, 1) });
    expect(await desk.fresh()).toEqual({ training: ['r'], copies: [] });
    expect(written[2]?.news.loss).toEqual([{ step: 40, value: 1 }]);
  });

  it('as it was, when another run takes its place before its turn to be written has come', async () => {
    const { change, written } = setUp();
    const run = start('r');
    await Promise.all([
      change(run),
      change({ ...run, checkpoints: [saved(100, 'complete')] }),
      change(start('another')),
    ]);
    expect(written.map(({ run: { id, checkpoints } }) => [id, checkpoints.length])).toEqual([
      ['r', 0],
      ['r', 1],
      ['another', 0],
    ]);
  });

  it('with what came while it could not be written', async () => {
    const { change, clock, written } = setUp();
    clock.isFull = true;
    await change({ ...start('r'), lossesHeard: heard(10, 3) });
    clock.isFull = false;
    await change({ ...start('r'), checkpoints: [saved(100, 'writing')], lossesHeard: heard(20, 2) });
    expect(written.map(({ news }) => news.loss.map(({ step }) => step))).toEqual([[10, 20]]);
  });

  it('with the curves in its own checkpoints, never in those of an earlier run', async () => {
    const { change, written, desk } = setUp();
    const file = (globalStep: number) => ({
      globalStep,
      loss: seriesOf([{ step: globalStep, value: 1 }]),
      evalLoss: seriesOf([]),
    });
    const lost: Run = {
      ...start('lost'),
      checkpoints: [saved(100, 'complete'), saved(50, 'complete', { origin: 'earlier' })],
    };
    desk.readLosses('lost', 'checkpoint-50', file(50));
    await change(lost);
    expect(written.at(-1)?.news.file).toBeNull();
    desk.readLosses('lost', 'checkpoint-100', file(100));
    await change({ ...lost });
    expect(written.at(-1)?.news.file?.globalStep).toBe(100);

    const resumed = { ...continueRun({ ...start('resumed'), id: 'resumed' }, lost, saved(100, 'complete')) };
    desk.readLosses('resumed', 'checkpoint-100', file(100));
    desk.readLosses('resumed', 'checkpoint-200', file(200));
    await change({ ...resumed, checkpoints: [...resumed.checkpoints, saved(200, 'complete')] });
    expect(written.at(-1)?.news.file?.globalStep).toBe(200);
    expect(written.at(-1)?.run.before).toEqual({ runId: 'lost', step: 100, name: 'checkpoint-100' });
  });
});
