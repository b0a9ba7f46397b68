import { expect, it } from 'vitest';
import { createInTurn } from './in-turn.ts';

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

it('does one thing after another for a notebook, also after one that failed', async () => {
  const inTurn = createInTurn();
  const seen: string[] = [];
  const act = (name: string) => async () => {
    seen.push(`${name} begins`);
    await later();
    seen.push(`${name} ends`);
    if (name === 'b') throw new Error('b failed');
    return name;
  };
  const all = await Promise.allSettled([inTurn('1', act('a')), inTurn('1', act('b')), inTurn('1', act('c'))]);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('lets different notebooks go side by side', async () => {
  const inTurn = createInTurn();
  const seen: string[] = [];
  const act = (name: string) => async () => {
    seen.push(`${name} begins`);
    await later();
    seen.push(`${name} ends`);
  };
  await Promise.all([inTurn('1', act('a')), inTurn('2', act('b'))]);
  expect(seen).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
});
