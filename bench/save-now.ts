/**
 * `npm run bench -- save-now [--quick]`: what a checkpoint by a click costs. A real kernel trains; from the call of the door to the
 * whole checkpoint under its name, against the same save made by the training's own code; and what a step costs while something
 * waits for a step that never comes, against the steps just before and after, in one and the same run.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { reportOf } from '../scripts/bench/report.ts';
import { type ReachRig, startReachRig } from '../src/runtime/reach-rig.ts';
import type { RealKernel } from '../src/runtime/real-kernel.ts';
import { PYTORCH_LOOP, TRAINER_LOOP } from './save-now/loops.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const CLICKS = values.quick ? 7 : 25;
const PAIRS = values.quick ? 10 : 30;
const BLOCK_MS = 1500;
const OVERHEAD_MS = 300;
const NEVER = 1_000_000_000;

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

const numbersIn = (text: string): number[] =>
  v.parse(v.array(v.number()), JSON.parse(text.trimEnd().split('\n').at(-1) ?? ''));

/** From the click until a new name is in the folder, in ms. */
const click = async (rig: ReachRig, kernel: RealKernel, folder: string): Promise<number> => {
  const before = new Set(readdirSync(folder));
  const from = performance.now();
  const asked = rig.ask(kernel, { do: 'save', folder });
  let ms = Number.NaN;
  // A Trainer's folder has its name from the beginning: there the kernel says when the save was over.
  for (;;) {
    const made = readdirSync(folder).find((name) => !before.has(name) && name.endsWith('.pt'));
    if (made !== undefined) {
      ms = performance.now() - from;
      break;
    }
    if ((await Promise.race([asked, pause(2)])) === undefined) continue;
    const { once } = await rig.ask(kernel, { do: 'state' });
    if (once.kind === 'failed') throw new Error(once.message);
    if (once.kind === 'saved') {
      ms = performance.now() - from;
      break;
    }
  }
  await asked;
  await rig.end(kernel);
  return ms;
};

const overhead = async (rig: ReachRig, name: string, loop: string): Promise<number> => {
  const folder = join(rig.root, name);
  mkdirSync(folder);
  const kernel = await rig.kernelWith(loop);
  const own = numbersIn(await kernel.told(`print(own_saves(${JSON.stringify(folder)}, ${CLICKS}))`));
  const cell = kernel.run(`train(${JSON.stringify(folder)})`);
  await cell.shows(/it trains/);
  // The first carries our Python into the kernel.
  const first = await click(rig, kernel, folder);
  const clicked: number[] = [];
  for (let count = 0; count < CLICKS; count += 1) {
    await pause(50 + Math.random() * 100);
    clicked.push(await click(rig, kernel, folder));
  }
  await kernel.interrupt();
  await cell.ended;
  kernel.close();
  const more = median(clicked) - median(own);
  console.log(
    `${name.padEnd(14)} own save ${median(own).toFixed(0)} ms, by a click ${median(clicked).toFixed(0)} ms (the first ${first.toFixed(0)} ms), ${more.toFixed(0)} ms more`,
  );
  return more;
};

/** Step time while a hook waits, as a ratio to that of the steps around it; the median of all pairs. */
const waiting = async (rig: ReachRig, name: string, loop: string): Promise<number> => {
  const kernel = await rig.kernelWith(loop);
  const folder = join(rig.root, `${name}-armed`);
  mkdirSync(folder);
  const cell = kernel.run(`train(${JSON.stringify(folder)})`);
  await cell.shows(/it trains/);
  const marks: number[] = [];
  for (let count = 0; count < PAIRS; count += 1) {
    await rig.ask(kernel, count % 2 === 0 ? { do: 'undo' } : { do: 'every', every: NEVER, folder });
    await pause(100);
    const from = Date.now() / 1000;
    await pause(BLOCK_MS);
    marks.push(from, Date.now() / 1000);
  }
  await kernel.interrupt();
  await cell.ended;
  const blocks = numbersIn(await kernel.told(`print(blocks(${JSON.stringify(marks)}))`));
  kernel.close();
  const ratios = blocks.slice(1).map((block, index) => {
    const before = blocks[index] ?? Number.NaN;
    return index % 2 === 0 ? block / before : before / block;
  });
  console.log(
    `${name.padEnd(14)} a step takes ${(median(blocks) * 1000).toFixed(3)} ms of its thread, ${((median(ratios) - 1) * 100).toFixed(2)} % more while a hook waits`,
  );
  return median(ratios);
};

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`);
await using rig = await startReachRig();
const loops = [
  ['pytorch', PYTORCH_LOOP],
  ['transformers', TRAINER_LOOP],
] as const;
const rows: { what: string; ratio: number; target: number; bound: 'most' }[] = [];
for (const [name, loop] of loops)
  rows.push({
    what: `${name}: click to whole checkpoint, more than its own save, of ${OVERHEAD_MS} ms`,
    ratio: (await overhead(rig, name, loop)) / OVERHEAD_MS,
    target: 1,
    bound: 'most',
  });
for (const [name, loop] of loops)
  rows.push({
    what: `${name}: step while a hook waits, to one without`,
    ratio: await waiting(rig, name, loop),
    target: 1.005,
    bound: 'most',
  });
console.log(`\n${reportOf('save-now', rows)}`);
