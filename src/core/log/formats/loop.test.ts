import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loop } from './loop.ts';

const WORDS = [
  'Model',
  'checkpoint',
  'best',
  'saved',
  'Saving',
  'to',
  'at',
  'epoch',
  '5',
  'step',
  'Loaded',
  'Resuming',
  'from',
  'Deleted',
  'runs/a.pt',
  "'b.ckpt'",
  '->',
  '...',
  '(',
  ')',
  ':',
  '|',
  '模型',
  '保存',
  '✅',
];
const sentence = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' '));
const read = (message: string) => loop.freeWords?.read(message, message, { line: 0 }) ?? [];

test('a path that is told stands in the message', () => {
  fc.assert(
    fc.property(fc.oneof(sentence, fc.string({ unit: 'binary', maxLength: 200 })), (message) => {
      const reading = read(message);
      for (const { path } of 'kind' in reading ? [reading] : reading) {
        if (typeof path === 'string') expect(message).toContain(path);
      }
    }),
    { numRuns: 3000 },
  );
});

test('code and prose about saving announce nothing', () => {
  for (const text of [
    'print("Model saved to model.pth")',
    "torch.save(model.state_dict(), 'model.pth')  # save model",
    'You can save the model to a file',
    'the model saved us an hour',
    'Checkpoints are saved to ./ckpt',
    'Best model will be saved to best.pt',
  ]) {
    expect(read(text)).toEqual([]);
  }
});
