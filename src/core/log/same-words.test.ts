import { expect, it } from 'vitest';
import { sameWords } from './same-words.ts';

it.each([
  ['step 9 loss 1.5', 'step 10 loss 0.0001', true],
  ['step 9 loss 1.5', 'step 9 loss 1.5', true],
  ['step 9 loss 1.5', 'step 9 loss nan', false],
  ['step 9', 'step 9 ', false],
  ['step 9', 'step ', false],
  ['step ', 'step 9', false],
  ['{"loss": 1e-05}', '{"loss": 2.5e-06}', false],
  ['', '', true],
  ['7', '', false],
])('%j and %j: %j', (a, b, same) => {
  expect([sameWords(a, b), sameWords(b, a)]).toEqual([same, same]);
});
