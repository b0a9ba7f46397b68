import { expect, test } from 'vitest';
import { oneAhead } from './one-ahead.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('the next is made while one is in use, and no more than that', async () => {
  const made: number[] = [];
  async function* source(): AsyncGenerator<number, void> {
    for (const each of [1, 2, 3]) {
      made.push(each);
      yield each;
    }
  }
  const seen: number[][] = [];
  const values = oneAhead(source());
  expect(made).toEqual([1]);
  for await (const each of values) {
    await turn();
    seen.push([each, ...made]);
  }
  expect(seen).toEqual([
    [1, 1, 2],
    [2, 1, 2, 3],
    [3, 1, 2, 3],
  ]);
});

test('what fails is heard of after what came before it', async () => {
  async function* source(): AsyncGenerator<number, void> {
    yield 1;
    throw new Error('no more');
  }
  const seen: number[] = [];
  const all = async (): Promise<void> => {
    for await (const each of oneAhead(source())) {
      await turn();
      seen.push(each);
    }
  };
  await expect(all()).rejects.toThrow('no more');
  expect(seen).toEqual([1]);
});
