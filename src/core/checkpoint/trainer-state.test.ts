import { expect, test } from 'vitest';
import { readTrainerState } from './trainer-state.ts';

const nothing = {
  globalStep: 20,
  epoch: null,
  maxSteps: null,
  saveSteps: null,
  bestMetric: null,
  bestModelCheckpoint: null,
  lastLoss: null,
  lastEvalLoss: null,
  lastMetrics: null,
};

test('reads what Transformers 5.23 writes', () => {
  const state = {
    best_global_step: 10,
    best_metric: 0.5,
    best_model_checkpoint: 'out/checkpoint-10',
    epoch: 2.5,
    global_step: 20,
    log_history: [
      { epoch: 1.25, loss: 5.5, step: 10 },
      { epoch: 1.25, eval_loss: 5.4, step: 10 },
      { epoch: 2.5, loss: 4.5, step: 20 },
      { epoch: 3, loss: 1, step: 30 },
      { step: 20, train_runtime: 1, train_loss: 5 },
    ],
    max_steps: 30,
    save_steps: 10,
  };
  expect(readTrainerState(state)).toEqual({
    globalStep: 20,
    epoch: 2.5,
    maxSteps: 30,
    saveSteps: 10,
    bestMetric: 0.5,
    bestModelCheckpoint: 'out/checkpoint-10',
    lastLoss: { step: 20, loss: 4.5 },
    lastEvalLoss: { step: 10, loss: 5.4 },
    lastMetrics: { step: 10, metrics: [] },
  });
});

test.each<[string, unknown, unknown]>([
  ['only the step', { global_step: 20 }, nothing],
  ['a ratio for save_steps', { global_step: 20, save_steps: 0.1 }, { ...nothing, saveSteps: 0.1 }],
  [
    'a last loss that was NaN hides none before it',
    {
      global_step: 20,
      log_history: [
        { loss: 1, step: 10 },
        { loss: null, step: 20 },
      ],
    },
    nothing,
  ],
  [
    'entries of another shape',
    { global_step: 20, log_history: [{ loss: 1, step: 10 }, 'x', null, { loss: 2 }, { loss: 2, step: -1 }] },
    { ...nothing, lastLoss: { step: 10, loss: 1 } },
  ],
  [
    'fields of other types',
    { global_step: 20, epoch: 'x', max_steps: -1, log_history: {}, best_metric: [] },
    nothing,
  ],
  ['no step', { epoch: 1 }, null],
  ['a negative step', { global_step: -1 }, null],
  ['half a step', { global_step: 1.5 }, null],
  ['null', null, null],
  ['a list', [], null],
])('%s', (_, parsed, expected) => {
  expect(readTrainerState(parsed)).toEqual(expected);
});

test('what was measured at the last evaluation is read, and not how fast it was', () => {
  const history = [
    { step: 10, eval_loss: 2, eval_accuracy: 0.5 },
    { step: 20, eval_small_loss: 1, eval_small_f1: 0.75, eval_small_runtime: 3 },
    {
      step: 20,
      eval_loss: 1.5,
      eval_accuracy: 0.91,
      eval_matthews: 'none',
      eval_auc: null,
      eval_runtime: 0.4,
      eval_samples_per_second: 90,
      eval_steps_per_second: 12,
      eval_model_preparation_time: 0.01,
    },
    { step: 20, loss: 1.4, grad_norm: 0.2 },
    { step: 30, eval_accuracy: 0.99 },
  ];
  expect(readTrainerState({ global_step: 20, log_history: history })?.lastMetrics).toEqual({
    step: 20,
    metrics: [
      { name: 'small_loss', value: 1 },
      { name: 'small_f1', value: 0.75 },
      { name: 'accuracy', value: 0.91 },
    ],
  });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`eval_m${index}`, index]));
  expect(
    readTrainerState({ global_step: 1, log_history: [{ step: 1, ...many }] })?.lastMetrics?.metrics,
  ).toHaveLength(8);
});
