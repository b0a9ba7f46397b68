/**
 * `npm run bench -- first-paint [--quick]`: how much later than an empty page of the extension its pages are painted: the one
 * that compares runs, with fifty runs in the history and 100,000 losses in the newest, and the popup. The pages are loaded in
 * turn in one tab of one browser, 40 times each (`--quick`: 12), and the medians of `first-contentful-paint` compared. Also
 * printed, as a figure without a target: when the list of runs stands.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { seededRun, seedHistory } from '../e2e/dashboard/seeded-history.ts';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { root } from '../e2e/root.ts';
import { reportOf, type BenchRow } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const ROUNDS = values.quick ? 12 : 40;
const RUNS = 50;
/** The first loads fill the browser's caches. */
const WARM_UP = 2;
const EMPTY = join(root, 'dist/chrome/empty.html');
const PAGES = {
  empty: 'empty.html',
  dashboard: 'src/dashboard/index.html',
  popup: 'src/popup/index.html',
} as const;
type Name = keyof typeof PAGES;
const NAMES = ['empty', 'dashboard', 'popup'] as const satisfies readonly Name[];
/** Milliseconds over the empty page that a page may take. */
const MOST_MS = { dashboard: 100, popup: 50 } as const;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Milliseconds from the navigation to the first thing painted. */
const paintedAt = async (page: Page, address: string): Promise<number> => {
  await page.goto(address);
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  return (await painted.jsonValue()) ?? Number.NaN;
};

/** The same to the list of runs, as far as a look each frame can tell. */
const listedAt = async (page: Page): Promise<number> =>
  (await (
    await page.waitForFunction(() =>
      document.querySelector('.run-item') === null ? null : performance.now(),
    )
  ).jsonValue()) ?? Number.NaN;

const seed = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  // What runs this file gives its functions names by a function that the page does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  const evaluations = [[200, 0.6]] as const;
  await seedHistory(
    page,
    Array.from({ length: RUNS }, (_, index) => ({
      run: seededRun(index),
      points: index === RUNS - 1 ? 100_000 : 600,
      everySteps: 1,
      evaluations,
    })),
  );
};

const measure = async (): Promise<Readonly<Record<Name, number>> & { readonly listed: number }> => {
  await writeFile(EMPTY, '<!doctype html><html lang="en"><title>Empty</title><p>Empty</p></html>\n');
  await using browser = await launchBrowser();
  const { id } = await browser.extension();
  const page = await browser.newPage();
  const address = (name: Name): string => `chrome-extension://${id}/${PAGES[name]}`;
  await seed(page, address('dashboard'));
  const times: Record<Name, number[]> = { empty: [], dashboard: [], popup: [] };
  const listed: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    // Which page comes first changes, so that a machine that slows down is fair.
    for (const name of round % 2 === 0 ? NAMES : NAMES.toReversed()) {
      const painted = await paintedAt(page, address(name));
      if (round >= 0) times[name].push(painted);
      if (round >= 0 && name === 'dashboard') listed.push(await listedAt(page));
    }
  }
  const { empty, dashboard, popup } = times;
  return {
    empty: median(empty),
    dashboard: median(dashboard),
    popup: median(popup),
    listed: median(listed),
  };
};

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
try {
  const found = await measure();
  const over = (name: 'dashboard' | 'popup'): number => found[name] - found.empty;
  console.log(
    `first paint, median of ${ROUNDS} loads: empty ${found.empty.toFixed(0)} ms, dashboard ${found.dashboard.toFixed(0)} ms ` +
      `(${over('dashboard').toFixed(0)} over it; its ${RUNS} runs listed after ${found.listed.toFixed(0)}), ` +
      `popup ${found.popup.toFixed(0)} ms (${over('popup').toFixed(0)} over it)\n`,
  );
  const rows = (['dashboard', 'popup'] as const).map((name): BenchRow => ({
    what: `${name}: ms over an empty page, against ${MOST_MS[name]}`,
    ratio: over(name) / MOST_MS[name],
    target: 1,
    bound: 'most',
  }));
  console.log(reportOf('first-paint', rows));
} finally {
  await rm(EMPTY, { force: true });
}
