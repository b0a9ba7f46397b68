import { expect, test } from 'vitest';
import { createTextGatherer } from './text-gatherer.ts';

/** A page whose timers run when they are let. */
const fakePage = () => {
  const timers: (() => void)[] = [];
  const told: string[] = [];
  const gatherer = createTextGatherer<string>((run) => timers.push(run));
  return {
    told,
    timers,
    flush: () => gatherer.flush(),
    print: (stream: string, text: string) =>
      gatherer.add(stream, text, (joined) => told.push(`${stream}: ${joined}`)),
    runTimer: () => timers.shift()?.(),
  };
};

test('what comes after a pause is read at once, what follows is read together', () => {
  const { print, told, timers, runTimer } = fakePage();
  print('out', 'a');
  expect(told).toEqual(['out: a']);
  print('out', 'b');
  print('out', 'c');
  expect(told).toEqual(['out: a']);
  runTimer();
  expect(told).toEqual(['out: a', 'out: bc']);
  expect(timers).toEqual([]);
  print('out', 'd');
  expect(told.at(-1)).toBe('out: d');
});

test('another stream is read after what waits', () => {
  const { print, told, runTimer } = fakePage();
  print('out', 'a');
  print('out', 'b');
  print('err', 'c');
  expect(told).toEqual(['out: a', 'out: b']);
  runTimer();
  expect(told).toEqual(['out: a', 'out: b', 'err: c']);
});

test('what is flushed is read once', () => {
  const { print, told, flush, runTimer } = fakePage();
  print('out', 'a');
  print('out', 'b');
  flush();
  flush();
  runTimer();
  expect(told).toEqual(['out: a', 'out: b']);
});

test('much text does not wait', () => {
  const { print, told } = fakePage();
  print('out', 'a');
  for (let piece = 0; piece < 5; piece += 1) print('out', 'x'.repeat(10_000));
  expect(told.map((text) => text.length)).toEqual([6, 40_005]);
});
