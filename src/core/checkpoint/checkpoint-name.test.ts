import { expect, test } from 'vitest';
import { stepOfCheckpointName } from './checkpoint-name.ts';

test.each([
  ['checkpoint-400', 400],
  ['checkpoint-0', 0],
  ['checkpoint-007', 7],
  ['checkpoint-999999999999999', 999_999_999_999_999],
  [`checkpoint-${'9'.repeat(16)}`, null],
  [`checkpoint-${'9'.repeat(100_000)}`, null],
  ['checkpoint-', null],
  ['checkpoint--1', null],
  ['checkpoint-1.5', null],
  ['checkpoint-1e3', null],
  ['checkpoint-12 ', null],
  ['checkpoint-12\n', null],
  ['checkpoint-12/../x', null],
  ['checkpoint-١٢', null],
  ['my-checkpoint-12', null],
  ['Checkpoint-12', null],
  ['', null],
])('%j → %s', (name, step) => {
  expect(stepOfCheckpointName(name)).toBe(step);
});
