import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { beginRun, continueRun, type Run, type SeenCheckpoint } from '../run/run.ts';
import { newRun, seenCheckpoint } from '../run/run-rig.ts';
import { foldRun, type ShownRun } from './fold-run.ts';
import { historyRunSchema, type HistoryRun } from './history-run.ts';
import { overTheCap } from './room.ts';

const start = newRun({
  id: 'run-1',
  startedAt: 1000,
  folder: { kind: 'unknown' },
  given: [{ of: 'TrainingArguments', name: 'learning_rate', value: '0.0002' }],
});
const state = { globalStep: 100, epoch: 1, maxSteps: 600, saveSteps: 100, bestMetric: 0.4 } as const;
const checkpoint = (step: number, evalLoss: number): SeenCheckpoint =>
  seenCheckpoint(step, {
    modifiedAt: 5000,
    trainerState: {
      ...state,
      globalStep: step,
      bestModelCheckpoint: null,
      lastLoss: { step: step - 10, loss: 1 },
      lastEvalLoss: { step, loss: evalLoss },
      lastMetrics: { step, metrics: [{ name: 'f1', value: evalLoss / 2 }] },
    },
  });
const run: Run = { ...beginRun(start), checkpoints: [checkpoint(100, 0.4), checkpoint(200, 0.5)] };
const asked = [{ kind: 'saved', step: 220, name: 'checkpoint-220', stop: false, at: 8000 }] as const;
const notebook = { id: 'n', name: 'story.ipynb', askedChanges: { runId: 'run-1', changes: asked } };
const shown: ShownRun = {
  unit: 'steps',
  step: 250,
  total: 600,
  loss: 0.3,
  safeName: 'checkpoint-200',
  safeStep: 200,
  stepsAtRisk: 50,
  nextSave: 300,
  checkpoints: run.checkpoints.map((each) => ({ ...each, copyId: each.step === 100 ? 'copy' : null })),
};
const folded = (changes: Partial<Run> = {}): HistoryRun =>
  foldRun(notebook, { ...run, ...changes }, shown, 9000);

describe('a run in the history', () => {
  test('fits its schema, and holds what its file told of each checkpoint', () => {
    const record = folded();
    expect(v.parse(historyRunSchema, structuredClone(record))).toEqual(record);
    expect(
      record.checkpoints.map(({ name, loss, evalLoss, metrics, isBest, copyId }) => [
        name,
        loss,
        evalLoss,
        metrics?.[0]?.value,
        isBest,
        copyId,
      ]),
    ).toEqual([
      ['checkpoint-100', null, 0.4, 0.2, true, 'copy'],
      ['checkpoint-200', null, 0.5, 0.25, false, null],
    ]);
    expect(record).toMatchObject({
      framework: 'transformers',
      before: null,
      given: start.given,
      seenAt: 9000,
      asked,
    });
  });

  test('is linked to the run that it goes on from, and keeps its arguments where its own cell has none', () => {
    const { given: _, ...again } = { ...start, id: 'run-2' };
    const resumed = continueRun(again, run, checkpoint(200, 0.5));
    const record = foldRun(notebook, resumed, shown, 9000);
    expect(record.asked, 'what the former one was asked for').toEqual([]);
    expect(record.before).toEqual({ runId: 'run-1', step: 200, name: 'checkpoint-200' });
    expect(record.given).toEqual(start.given);
    const { resumption } = resumed;
    const anew = { ...resumed, resumption: resumption === null ? null : { ...resumption, early: [1, 2] } };
    expect(foldRun(notebook, anew, shown, 9000).before, 'it began anew').toBeNull();
  });
});

test('over the cap the oldest runs go first, by their number and by their points, and the newest stays', () => {
  const kept = [1, 2, 3, 4].map((n) => ({ id: `r${n}`, startedAt: n, points: 10 }));
  expect(overTheCap(kept, 4, 100)).toEqual([]);
  expect(overTheCap(kept, 3, 100)).toEqual(['r1']);
  expect(overTheCap(kept, 4, 25)).toEqual(['r1', 'r2']);
  expect(overTheCap([{ id: 'r', startedAt: 1, points: 1000 }], 1, 10)).toEqual([]);
});
