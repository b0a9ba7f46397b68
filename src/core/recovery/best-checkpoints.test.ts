import { expect, it } from 'vitest';
import type { TrainerState } from '../checkpoint/checkpoint.ts';
import { bestCheckpoints, type Graded } from './best-checkpoints.ts';

const state = (step: number, more: Partial<TrainerState>): TrainerState => ({
  globalStep: step,
  epoch: null,
  maxSteps: null,
  saveSteps: null,
  bestMetric: null,
  bestModelCheckpoint: null,
  lastLoss: { step, loss: 0.1 },
  lastEvalLoss: null,
  ...more,
});
const tracked = (step: number, best: number): Graded => ({
  name: `checkpoint-${step}`,
  step,
  epoch: null,
  modifiedAt: null,
  trainerState: state(step, { bestModelCheckpoint: `/content/outputs/checkpoint-${best}` }),
});
const evaluated = (step: number, loss: number, at = step): Graded => ({
  name: `checkpoint-${step}`,
  step,
  epoch: null,
  modifiedAt: null,
  trainerState: state(step, { lastEvalLoss: { step: at, loss } }),
});
const unread: Graded = {
  name: 'checkpoint-900',
  step: 900,
  epoch: null,
  modifiedAt: null,
  trainerState: null,
};

it.each<[string, readonly Graded[], readonly string[]]>([
  ['nothing known', [], []],
  ['a state that nobody read', [unread], []],
  ['no metric and no evaluation: a training loss is none', [{ ...unread, trainerState: state(900, {}) }], []],
  [
    'the newest word counts, then the one before',
    [tracked(100, 100), tracked(300, 300), tracked(200, 100)],
    ['checkpoint-300', 'checkpoint-100'],
  ],
  [
    'two at most',
    [tracked(100, 100), tracked(200, 200), tracked(300, 300)],
    ['checkpoint-300', 'checkpoint-200'],
  ],
  ['the same one named again and again is one', [tracked(100, 100), tracked(200, 100)], ['checkpoint-100']],
  [
    'without a word of the Trainer the lowest evaluation losses',
    [evaluated(100, 0.9), evaluated(200, 0.4), evaluated(300, 0.6)],
    ['checkpoint-200', 'checkpoint-300'],
  ],
  [
    'an evaluation of another step says nothing',
    [evaluated(200, 0.4, 150), evaluated(300, 0.6)],
    ['checkpoint-300'],
  ],
  [
    'of equal ones the newer',
    [evaluated(100, 0.4), evaluated(200, 0.4)],
    ['checkpoint-200', 'checkpoint-100'],
  ],
])('%s', (_says, checkpoints, best) => {
  expect(bestCheckpoints(checkpoints)).toEqual(best);
});

it('a path that is no checkpoint is no name', () => {
  const odd = { ...unread, trainerState: state(900, { bestModelCheckpoint: 'outputs/final' }) };
  expect(bestCheckpoints([odd])).toEqual([]);
});
