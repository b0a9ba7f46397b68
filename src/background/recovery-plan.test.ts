import { describe, expect, it } from 'vitest';
import { labPage } from './lab-page.ts';
import { emptyNotebook } from './new-notebook.ts';
import { recoveryPlan } from './recovery-plan.ts';
import { checkpoint, copy, lostRun, setup } from './recovery-rig.ts';

describe('a plan', () => {
  it('puts the best back before the newest, so that rotation finds them in their order', () => {
    if (copy.record === null) throw new Error('a copy has a record');
    const trainerState = {
      globalStep: 400,
      epoch: 1,
      maxSteps: 600,
      saveSteps: 100,
      bestMetric: 0.9,
      bestModelCheckpoint: '/content/outputs/checkpoint-200',
      lastLoss: null,
      lastEvalLoss: null,
    };
    const best = { ...checkpoint, name: 'checkpoint-200', step: 200 };
    const run = { ...lostRun, checkpoints: [{ ...checkpoint, trainerState }, best] };
    const from = { ...copy.record.from, folder: 'outputs/checkpoint-200' };
    const bestCopy = {
      ...copy,
      record: { ...copy.record, id: 'best', name: 'checkpoint-200', step: 200, from },
    };
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run };
    const plan = recoveryPlan(record, [copy, bestCopy], []);
    expect(plan?.fromStep).toBe(400);
    expect(plan?.steps.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'restore checkpoint-200',
      'restore checkpoint-400',
      'insert checkpoint-400',
      'train checkpoint-400',
      'watch checkpoint-400',
    ]);
  });

  it('is made of what is there: a checkpoint on the disk is not put back', () => {
    const record = {
      ...emptyNotebook(labPage, 'story.ipynb', 1),
      run: { ...lostRun, checkpoints: [{ ...checkpoint, gone: false }] },
    };
    expect(recoveryPlan(record, [copy], [])?.steps.map(({ kind }) => kind)).toEqual([
      'insert',
      'train',
      'watch',
    ]);
  });

  it.each(['no-way', 'not-read'] as const)('of a script (%s) ends with the files being back', (script) => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: { ...lostRun, script } };
    expect(recoveryPlan(record, [copy], setup)?.steps.map(({ kind }) => kind)).toEqual([
      'restore',
      'setup',
      'setup',
    ]);
    const known = { ...record, run: { ...lostRun, script: 'takes-path' as const } };
    expect(recoveryPlan(known, [copy], [])?.steps.map(({ kind }) => kind)).toContain('insert');
  });

  it('is none where nothing is left to go on from', () => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: lostRun };
    expect(recoveryPlan(record, [], [])).toBeNull();
  });

  it('takes no copy without the optimizer, and none of another folder', () => {
    const record = { ...emptyNotebook(labPage, 'story.ipynb', 1), run: lostRun };
    if (copy.record === null) throw new Error('a copy has a record');
    const light = { ...copy, record: { ...copy.record, extent: 'inference' } as const };
    const elsewhere = {
      ...copy,
      record: { ...copy.record, from: { ...copy.record.from, folder: 'other/checkpoint-400' } },
    };
    expect(recoveryPlan(record, [light, elsewhere], [])).toBeNull();
  });
});
