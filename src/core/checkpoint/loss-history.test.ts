import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointsOf } from '../history/series.ts';
import { lossHistoryIn, readLossHistory } from './loss-history.ts';

const inFile = (text: string) => lossHistoryIn([{ from: 0, bytes: new TextEncoder().encode(text) }]);
const state = (globalStep: number, history: string): string =>
  `{"global_step": ${globalStep}, "log_history": [${history}]}`;

describe('the losses in a trainer_state.json', () => {
  test('are training and evaluation losses by their steps', () => {
    const read = inFile(
      state(
        20,
        `{"epoch": 0.1, "loss": 2.5, "learning_rate": 1e-4, "step": 10}, {"eval_loss": 2.1, "step": 10},
         {"loss": 1.5, "step": 20}, {"train_runtime": 3.1, "train_loss": 2.0, "step": 20}`,
      ),
    );
    expect(read?.globalStep).toBe(20);
    expect(read === null ? null : pointsOf(read.loss)).toEqual([
      { step: 10, value: 2.5 },
      { step: 20, value: 1.5 },
    ]);
    expect(read === null ? null : pointsOf(read.evalLoss)).toEqual([{ step: 10, value: 2.1 }]);
  });

  test("that are Python's NaN and Infinity, or words, are gaps", () => {
    const read = inFile(
      state(
        4,
        '{"loss": NaN, "step": 1}, {"loss": -Infinity, "step": 2}, {"loss": "0.5", "step": 3}, {"loss": 1, "step": 4}',
      ),
    );
    expect([...(read?.loss.values ?? [])]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1]);
  });

  test('count as they were logged last, in the order of their steps', () => {
    const read = inFile(state(9, '{"loss": 3, "step": 9}, {"loss": 1, "step": 5}, {"loss": 2, "step": 9}'));
    expect(read === null ? null : pointsOf(read.loss)).toEqual([
      { step: 5, value: 1 },
      { step: 9, value: 2 },
    ]);
  });

  test("without a step, or beyond the file's own, are passed over", () => {
    const read = inFile(
      state(
        5,
        '{"loss": 1}, {"loss": 1, "step": -1}, {"loss": 1, "step": 2.5}, {"loss": 1, "step": 6}, 7, null, []',
      ),
    );
    expect(read?.loss.steps).toHaveLength(0);
  });

  test('a file of megabytes is read at once', () => {
    const many = Array.from({ length: 100_000 }, (_, step) => `{"loss": ${1 / (step + 1)}, "step": ${step}}`);
    expect(inFile(state(100_000, many.join(',')))?.loss.steps).toHaveLength(100_000);
  });

  test('what is no such file gives nothing', () => {
    for (const text of ['', '{', 'null', '[]', '{"global_step": "5"}', '{"global_step": 5}', '\u0000'])
      expect(inFile(text), text).toBeNull();
    expect(lossHistoryIn([])).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readLossHistory({ global_step: 10, log_history: [value, { step: 3, loss: value }] });
        expect(read?.globalStep).toBe(10);
      }),
    );
  });
});
