/**
 * `npm run bench -- curves [--quick]`: whether the page that compares runs stays smooth with 100,000 losses in a curve. The same keys
 * zoom, pan and move the cursor, once over three runs of 100,000 losses each and once over three of 600, in turn in one browser; told
 * is what a key keeps the page busy, from its event to the end of the frame that shows it.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { expectDrawn, openDashboard, type DashboardPage } from '../e2e/dashboard/dashboard-page.ts';
import { seededRun, seedHistory } from '../e2e/dashboard/seeded-history.ts';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { reportOf } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const ROUNDS = values.quick ? 3 : 10;
const RUNS = 3;
const POINTS = { many: 100_000, few: 600 } as const;
/** A frame of a screen that shows sixty a second, in ms. */
const FRAME_MS = 1000 / 60;
const KEYS = {
  zoom: ['+', '+', '+', '+', '-', '-', '-', '-'],
  cursor: Array.from({ length: 12 }, (_, index) => (index % 3 === 2 ? 'ArrowLeft' : 'ArrowRight')),
} as const;
type Kind = keyof typeof KEYS;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** What each key kept the page busy, in ms: its handler, and the frame after it until everything is drawn. */
const busyFor = (page: Page, keys: readonly string[]): Promise<number[]> =>
  page.evaluate(async (pressed) => {
    const chart = document.querySelector('.chart');
    const { port1, port2 } = new MessageChannel();
    const spent: number[] = [];
    for (const key of pressed) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const begun = performance.now();
      chart?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const handled = performance.now() - begun;
      spent.push(
        await new Promise<number>((resolve) => {
          requestAnimationFrame(() => {
            const frame = performance.now();
            // Comes to its turn when the frame is drawn.
            port1.addEventListener('message', () => resolve(handled + performance.now() - frame), {
              once: true,
            });
            port1.start();
            port2.postMessage(null);
          });
        }),
      );
    }
    return spent;
  }, keys);

const openWith = async (
  points: number,
): Promise<{ readonly board: DashboardPage; readonly close: () => Promise<void> }> => {
  const browser = await launchBrowser();
  const board = await openDashboard(browser);
  await board.page.evaluate('globalThis.__name = (named) => named');
  await seedHistory(
    board.page,
    Array.from({ length: RUNS }, (_, index) => ({
      run: seededRun(index),
      points,
      everySteps: 1,
      evaluations: [[200, 0.6]] as const,
    })),
  );
  await board.page.reload();
  const unticked = board.page.getByRole('checkbox', { name: /ipynb/, checked: false });
  await board
    .tick(/ipynb/)
    .nth(RUNS - 1)
    .waitFor();
  while ((await unticked.count()) > 0) await unticked.first().click();
  await expectDrawn(board);
  await board.page.evaluate('globalThis.__name = (named) => named');
  return { board, close: async () => browser[Symbol.asyncDispose]() };
};

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
const opened = { many: await openWith(POINTS.many), few: await openWith(POINTS.few) };
const spent: Record<Kind, Record<keyof typeof POINTS, number[]>> = {
  zoom: { many: [], few: [] },
  cursor: { many: [], few: [] },
};
for (let round = -1; round < ROUNDS; round += 1)
  for (const kind of ['zoom', 'cursor'] as const)
    for (const size of ['many', 'few'] as const) {
      const { page } = opened[size].board;
      await page.bringToFront();
      const times = await busyFor(page, KEYS[kind]);
      // The first round warms up.
      if (round >= 0) spent[kind][size].push(...times);
    }
for (const { close } of Object.values(opened)) await close();

const rows = (['zoom', 'cursor'] as const).map((kind) => {
  const { many, few } = spent[kind];
  console.log(
    `${kind.padEnd(6)} ${RUNS} runs of ${POINTS.many} losses: ${median(many).toFixed(1)} ms a key (longest ${Math.max(...many).toFixed(1)}); ` +
      `of ${POINTS.few}: ${median(few).toFixed(1)} ms (longest ${Math.max(...few).toFixed(1)}); ${many.length} keys each`,
  );
  return {
    what: `${kind}: a key over ${RUNS} × ${POINTS.many} losses, of a frame of 16.7 ms`,
    ratio: median(many) / FRAME_MS,
    target: 1,
    bound: 'most',
  } as const;
});
console.log(`\n${reportOf('curves', rows)}`);
