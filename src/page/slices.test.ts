import { expect, test } from 'vitest';
import { createSlices } from './slices.ts';

/** A page whose clock goes on by what the slices take, and whose tasks run when they are let. */
const fakePage = () => {
  const state = { now: 0 };
  const tasks: (() => void)[] = [];
  const slices = createSlices(
    () => state.now,
    (run) => tasks.push(run),
  );
  return {
    slices,
    tasks,
    spend: (ms: number) => (state.now += ms),
    runTask: () => tasks.shift()?.(),
  };
};

test('work that takes no time is done when it was added', () => {
  const { slices, tasks } = fakePage();
  const done: string[] = [];
  slices.add(() => done.push('a') > 5);
  slices.add(() => done.push('b') > 5);
  expect(done).toEqual(['a', 'b']);
  expect(tasks).toEqual([]);
});

test('long work stops after 2 ms, goes on in a task of its own, and keeps its order', () => {
  const { slices, tasks, spend, runTask } = fakePage();
  const done: string[] = [];
  let left = 5;
  slices.add(() => {
    spend(1);
    done.push('long');
    left -= 1;
    return left > 0;
  });
  slices.add(() => done.push('after') < 0);
  expect(done).toEqual(['long', 'long']);
  expect(tasks).toHaveLength(1);
  runTask();
  expect(done).toHaveLength(4);
  runTask();
  expect(done.slice(4)).toEqual(['long', 'after']);
  expect(tasks).toEqual([]);
});

test('what throws ends its own work, not the rest', () => {
  const { slices } = fakePage();
  const done: string[] = [];
  slices.add(() => {
    throw new Error('broken');
  });
  slices.add(() => done.push('next') < 0);
  expect(done).toEqual(['next']);
});

test('what a slice adds has its turn after what waits', () => {
  const { slices } = fakePage();
  const done: string[] = [];
  slices.add(() => {
    slices.add(() => done.push('inner') < 0);
    done.push('outer');
    return false;
  });
  expect(done).toEqual(['outer', 'inner']);
});
