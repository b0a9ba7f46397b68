import { expect, test } from 'vitest';
import { createTextGatherer } from './text-gatherer.ts';

/** A page whose clock and timers run when they are let. */
const fakePage = () => {
  const timers: { readonly run: () => void; readonly ms: number }[] = [];
  const told: string[] = [];
  const clock = { now: 1000 };
  const gatherer = createTextGatherer<string>(
    () => clock.now,
    (run, ms) => timers.push({ run, ms }),
  );
  return {
    clock,
    told,
    timers,
    flush: () => gatherer.flush(),
    print: (stream: string, text: string) =>
      gatherer.add(stream, text, (joined) => told.push(`${stream}: ${joined}`)),
    runTimer: () => {
      const timer = timers.shift();
      clock.now += timer?.ms ?? 0;
      timer?.run();
    },
  };
};

test('what comes after a pause is read at once, what follows is read together', () => {
  const { clock, print, told, timers, runTimer } = fakePage();
  print('out', 'a');
  expect(told).toEqual(['out: a']);
  clock.now += 30;
  print('out', 'b');
  clock.now += 30;
  print('out', 'c');
  expect(told).toEqual(['out: a']);
  expect(timers.map(({ ms }) => ms)).toEqual([70]);
  runTimer();
  expect(told).toEqual(['out: a', 'out: bc']);
  clock.now += 100;
  print('out', 'd');
  expect(told.at(-1)).toBe('out: d');
});

test('what prints now and then costs no timer', () => {
  const { clock, print, told, timers } = fakePage();
  for (let line = 0; line < 20; line += 1) {
    print('out', `${line}`);
    clock.now += 100;
  }
  expect(told).toHaveLength(20);
  expect(timers).toEqual([]);
});

test('a clock that is set back holds up nothing', () => {
  const { clock, print, told } = fakePage();
  print('out', 'a');
  clock.now -= 3_600_000;
  print('out', 'b');
  expect(told).toEqual(['out: a', 'out: b']);
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
