import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../log/log-event.ts';
import { secondsPerStep } from './pace.ts';
import { hearOutput, positionOf } from './progress.ts';
import { beginRun, type Run } from './run.ts';
import { newRun, seenCheckpoint, UNTOLD_PLAN } from './run-rig.ts';

const aRun = (changes: Partial<Run> = {}): Run => ({
  ...beginRun(newRun({ plan: UNTOLD_PLAN, folder: { kind: 'unknown' } })),
  ...changes,
});
const bar = (step: number, total: number, more: Partial<LogEvent> = {}): LogEvent => ({
  kind: 'progress',
  path: null,
  step,
  epoch: null,
  total,
  line: 0,
  ...more,
});
const row = (step: number, total = 600): Parameters<typeof hearOutput>[2] => ({
  step,
  total,
  stepsPerSecond: null,
  loss: null,
});

describe('a loop that counts without a total', () => {
  const line = (step: number, more: Partial<LogEvent> = {}) => ({
    ...bar(step, 0),
    total: null,
    loss: 0.5,
    ...more,
  });
  const heard = (...events: LogEvent[]) => positionOf(hearOutput(aRun(), events, null, 9));

  it('is believed as long as it rises', () => {
    expect(heard(line(1), line(40))).toEqual({ unit: 'steps', step: 40, total: null, at: 9, source: 'log' });
    expect(heard(line(40), line(0), line(500))).toBeNull();
  });

  it.each([
    ['a bar', bar(3, 600), 3],
    ['an epoch', { ...bar(0, 0), step: null, total: null, epoch: 2 }, 2],
  ])('gives way to %s', (_, better, step) => {
    expect(heard(better, line(40))?.step).toBe(step);
    expect(heard(line(40), better, line(50))?.step).toBe(step);
  });

  it('is none without a loss: anything can be counted', () => {
    const { loss: _, ...without } = line(40);
    expect(heard(without)).toBeNull();
  });
});

describe('the position of a run', () => {
  it('is unknown before anything was said', () => expect(positionOf(aRun())).toBeNull());

  it('comes from the table', () => {
    const run = hearOutput(aRun(), [], row(450), 5000);
    expect(positionOf(run)).toEqual({ unit: 'steps', step: 450, total: 600, at: 5000, source: 'table' });
  });

  it('never goes back to an older source', () => {
    const run = hearOutput(hearOutput(aRun(), [bar(449, 600)], null, 10), [], row(450), 11);
    expect(positionOf(run)?.step).toBe(450);
  });

  it('is not taken from the bar of an evaluation inside the run', () => {
    const run = hearOutput(hearOutput(aRun(), [bar(100, 600)], null, 1), [bar(13, 13)], null, 2);
    expect(positionOf(run)).toMatchObject({ step: 100, total: 600 });
  });

  it('gives way to a longer bar when the length is not known: data is prepared before training', () => {
    const run = hearOutput(hearOutput(aRun(), [bar(50, 50)], null, 1), [bar(3, 600)], null, 2);
    expect(run.sightings.bar).toMatchObject({ step: 3, total: 600 });
  });

  it('keeps to the length that the arguments give', () => {
    const run = hearOutput(aRun({ plan: { ...UNTOLD_PLAN, maxSteps: 60 } }), [bar(1000, 5000)], null, 1);
    expect(positionOf(run)).toBeNull();
  });

  const checkpoint = seenCheckpoint(300, { modifiedAt: 1, integrity: { kind: 'writing' } });
  const whole = seenCheckpoint(300, { modifiedAt: 1 });

  it('is that of a whole checkpoint which was written after the last step that was shown', () => {
    const shown = hearOutput(aRun({ lookedAt: 9 }), [], row(296), 5);
    expect(positionOf({ ...shown, checkpoints: [whole] })).toEqual({
      unit: 'steps',
      step: 300,
      total: 600,
      at: 9,
      source: 'folder',
    });
    expect(positionOf({ ...shown, checkpoints: [checkpoint] })?.step, 'not whole').toBe(296);
    expect(positionOf({ ...shown, startedAt: 2, checkpoints: [whole] })?.step, 'from before a resume').toBe(
      296,
    );
    expect(positionOf(hearOutput({ ...shown, checkpoints: [whole] }, [], row(301), 6))?.step).toBe(301);
  });

  it('falls back on the newest checkpoint', () => {
    expect(positionOf(aRun({ checkpoints: [checkpoint], lookedAt: 9 }))).toEqual({
      unit: 'steps',
      step: 300,
      total: null,
      at: 9,
      source: 'folder',
    });
  });
});

describe('what the output says', () => {
  it('is not heard after the run is over', () => {
    const over = aRun({ phase: { kind: 'finished', at: 1, machine: 'same' } });
    expect(hearOutput(over, [bar(1, 2)], row(1), 2)).toBe(over);
  });

  it('keeps announcements once, and a save takes back an older deletion', () => {
    const saved: LogEvent = {
      kind: 'saved',
      path: 'o/checkpoint-100',
      step: 100,
      epoch: null,
      total: null,
      line: 0,
    };
    const deleted: LogEvent = { ...saved, kind: 'deleted' };
    const run = hearOutput(aRun(), [saved, saved, deleted, saved], null, 1);
    expect(run.announced).toEqual({ saved: ['o/checkpoint-100'], deleted: [], at: 1 });
  });

  it('takes losses from lines and tables', () => {
    expect(hearOutput(aRun(), [bar(1, 2, { loss: 0.5 })], null, 1).loss).toEqual({ value: 0.5, at: 1 });
    const table = { step: 2, total: 3, stepsPerSecond: 4, loss: 0.25 };
    expect(hearOutput(aRun(), [], table, 2)).toMatchObject({
      loss: { value: 0.25 },
      printedStepsPerSecond: 4,
    });
  });
});

describe('the speed of a run', () => {
  it('is timed, not printed, once there is something to time', () => {
    const printed = hearOutput(aRun(), [], { step: 0, total: 600, stepsPerSecond: 10, loss: null }, 0);
    expect(secondsPerStep(printed)).toBe(0.1);
    expect(secondsPerStep(hearOutput(printed, [], row(20), 10_000))).toBe(0.5);
  });

  it('keeps few timings over a long run', () => {
    const steps = Array.from({ length: 50_000 }, (_, index) => index);
    const run = steps.reduce((known, step) => hearOutput(known, [], row(step, 50_000), step * 1000), aRun());
    expect(run.timings.length).toBeLessThanOrEqual(41);
    expect(secondsPerStep(run)).toBeCloseTo(1, 1);
  });
});

describe('a run that counts epochs', () => {
  const epoch = (number: number, total: number | null = null): LogEvent => ({
    ...bar(0, 0),
    step: null,
    epoch: number,
    total,
  });
  const keras = aRun({ framework: 'keras', plan: { ...UNTOLD_PLAN, maxEpochs: 10 } });

  it('stands in the epoch that runs', () =>
    expect(positionOf(hearOutput(keras, [epoch(3)], null, 7))).toEqual({
      unit: 'epochs',
      step: 3,
      total: 10,
      at: 7,
      source: 'log',
    }));

  it('is not measured by the bar of a single epoch', () => {
    const run = hearOutput(keras, [epoch(3), bar(90, 200)], null, 7);
    expect(positionOf(run)).toMatchObject({ unit: 'epochs', step: 3 });
  });

  it('counts from 1 where its framework counts from 0', () => {
    const run = aRun({ framework: 'fastai' });
    expect(positionOf(hearOutput(run, [epoch(0)], null, 7))?.step).toBe(1);
  });

  it('is told by its lines also where nobody knows what trains', () =>
    expect(positionOf(hearOutput(aRun(), [epoch(2, 5)], null, 7))).toMatchObject({
      unit: 'epochs',
      step: 2,
      total: 5,
    }));

  it.each([null, 'transformers', 'kohya'] as const)(
    'is none where a bar counts its steps (%s)',
    (framework) => {
      const run = aRun({ framework });
      const heard = [bar(100, 600), epoch(0.5), epoch(1)];
      expect(positionOf(hearOutput(run, heard, null, 7))).toMatchObject({
        unit: 'steps',
        step: 100,
        total: 600,
      });
      const before = [epoch(0.5), epoch(1), bar(100, 600)];
      expect(positionOf(hearOutput(run, before, null, 7))).toMatchObject({
        unit: 'steps',
        step: 100,
        total: 600,
      });
    },
  );

  it('is none for the Trainer, whatever it prints', () => {
    expect(positionOf(hearOutput(aRun({ framework: 'transformers' }), [epoch(1)], null, 7))).toBeNull();
  });

  it('is as far as its newest checkpoint of an epoch', () => {
    const checkpoint = seenCheckpoint(0, {
      name: 'weights.04.keras',
      framework: 'keras',
      form: 'file',
      step: null,
      epoch: 4,
      modifiedAt: 8,
    });
    const silent = aRun({ checkpoints: [checkpoint], lookedAt: 9 });
    expect(positionOf(silent)).toMatchObject({ unit: 'epochs', step: 4, source: 'folder' });
  });
});
