import { describe, expect, it } from 'vitest';
import { createLogScanner } from '../log/scanner.ts';
import { hearOutput } from './progress.ts';
import { proofOf } from './resumption.ts';
import { beginRun, continueRun, type Run } from './run.ts';
import { newRun, seenCheckpoint, wholeCheckpoint } from './run-rig.ts';
import { expectSkipping, stepsOfBrokenEpoch } from './skipping.ts';

describe('the steps that a resumed run passes over', () => {
  it.each([
    // A streamed dataset is one long epoch: Transformers 5.23 wrote this after 100 of 110 steps.
    ['of a streamed dataset: all of them', 100, 100 / 110, 100],
    ['of the third epoch only', 450, 2.25, 50],
    ['none after whole epochs', 400, 2, 0],
    ['none after whole epochs, written as a fraction', 400, 1.9999999, 0],
    ['unknown without an epoch', 400, null, null],
    ['unknown at epoch 0', 0, 0, null],
  ])('%s', (_, globalStep, epoch, steps) => expect(stepsOfBrokenEpoch({ globalStep, epoch })).toBe(steps));

  it('take no longer than training them did', () => {
    expect(expectSkipping({ globalStep: 400, epoch: 0.5 }, 1.8)).toMatchObject({ secondsAtMost: 720 });
    expect(expectSkipping({ globalStep: 400, epoch: 0.5 }, null)).toMatchObject({ secondsAtMost: null });
    expect(expectSkipping({ globalStep: 400, epoch: 1 }, 1.8), 'there are none').toBeNull();
    expect(expectSkipping(null, 1.8)).toBeNull();
  });
});

const start = newRun({ folder: { kind: 'unknown' } });
const from = wholeCheckpoint(400);
const lost: Run = {
  ...beginRun(start),
  timings: [
    { step: 400, at: 0 },
    { step: 450, at: 90_000 },
  ],
  checkpoints: [
    seenCheckpoint(400, {
      trainerState: {
        globalStep: 400,
        epoch: 0.5,
        maxSteps: 600,
        saveSteps: 100,
        bestMetric: null,
        bestModelCheckpoint: null,
        lastLoss: null,
        lastEvalLoss: null,
      },
    }),
  ],
};
const heard = (run: Run, text: string): Run =>
  hearOutput(run, createLogScanner('live').push(text), null, 1000);
/** As `tqdm` draws it, with `total=400` and this description. */
const BAR = 'Skipping the first batches:  35%|███▌      | 140/400 [01:10<02:10,  2.00it/s]\n';

describe('a run that goes on', () => {
  const resumed = continueRun(start, lost, from);

  it('knows beforehand how long passing over may take', () => {
    expect(resumed.resumption?.skipping).toEqual({ steps: 400, secondsAtMost: 720, bar: null });
    expect(continueRun(start, lost, from, false).resumption?.skipping, 'ignore_data_skip').toBeNull();
  });

  it('hears the bar of old versions, and takes it for no step', () => {
    const run = heard(resumed, BAR);
    expect(run.resumption?.skipping?.bar).toEqual({ secondsLeft: 130, at: 1000 });
    expect(run.sightings.bar).toBeNull();
    expect(run.resumption && proofOf(run.resumption)).toEqual({ kind: 'waiting' });
  });

  it('hears no such bar any more after its first new step', () => {
    const run = heard(heard(resumed, ' 67%|██████▋   | 401/600 [00:01<03:00,  1.10it/s]\n'), BAR);
    expect(run.resumption?.skipping?.bar).toBeNull();
    expect(run.resumption && proofOf(run.resumption)).toMatchObject({ kind: 'continues', step: 401 });
  });
});
