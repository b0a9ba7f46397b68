/**
 * `npm run bench -- page [--quick]`: what the extension costs a real JupyterLab page while a cell prints, paired with the
 * same page without it: 1,000,000 lines, and tqdm's bar redrawn 200,000 times, each a message of its own, which takes the
 * kernel a millisecond and more (`--quick`: a tenth of the lines and a twentieth of the redraws; there the first use of our
 * code weighs ten times as much). Compared is the processor time of the main thread; one more run each looks whose code
 * runs, for the longest task of ours. The server is told not to drop output, which it does by default over 1 MB a second.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startJupyter } from '../e2e/jupyter/server.ts';
import { reportOf, type BenchRow } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';
import { lines, redraws, type PrintingNotebook } from './page/printing-notebooks.ts';
import { runPrinting, type PrintingOptions, type PrintingRun } from './page/printing-run.ts';

const MOST_TIME = 1.02;
/** 1 would be flat; a heap wavers by some hundred kilobytes. */
const MOST_GROWTH = 1.02;
const LONGEST_TASK_MS = 8;
const TIMEOUT_MS = 30 * 60_000;
const NAME = 'print.ipynb';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const PAIRS = 3;
const counts = values.quick ? { lines: 100_000, redraws: 10_000 } : { lines: 1_000_000, redraws: 200_000 };

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

interface Pair {
  readonly without: PrintingRun;
  readonly withUs: PrintingRun;
}

type Print = (options: Omit<PrintingOptions, 'timeoutMs'>) => Promise<PrintingRun>;

/** The two runs of a pair follow each other; which is first changes, so that a machine that slows down is fair. */
const runPair = async (print: Print, index: number): Promise<Pair> => {
  const one = (withExtension: boolean) => print({ withExtension, profiled: false });
  if (index % 2 === 0) return { without: await one(false), withUs: await one(true) };
  const withUs = await one(true);
  return { without: await one(false), withUs };
};

const measure = async ({ what, book }: PrintingNotebook): Promise<readonly BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-page-'));
  try {
    await using server = await startJupyter({
      frontEnd: 'lab',
      auth: 'token',
      rootDir: folder,
      allOutput: true,
    });
    const print: Print = async (options) => {
      // Without what the run before printed, which the page saves by itself after two minutes.
      await writeFile(join(folder, NAME), JSON.stringify(book));
      return runPrinting(server, NAME, { ...options, timeoutMs: TIMEOUT_MS });
    };
    console.log(`\n${what}: main thread without and with, s; heap before and after, MB: without; with`);
    const measured: Pair[] = [];
    for (let index = 0; index < PAIRS; index += 1) {
      const pair = await runPair(print, index);
      measured.push(pair);
      console.log(pairLine(pair));
    }
    const profiled = await print({ withExtension: true, profiled: true });
    return rowsOf(what, measured, profiled);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const pairLine = ({ without, withUs }: Pair): string =>
  [
    without.mainThreadS.toFixed(2),
    withUs.mainThreadS.toFixed(2),
    ...[without.heap, withUs.heap]
      .flatMap(({ beforeBytes, afterBytes }) => [beforeBytes, afterBytes])
      .map((bytes) => (bytes / 1e6).toFixed(1)),
  ]
    .map((text) => text.padStart(8))
    .join('');

/** What the extension's scripts take before anything is printed does not count: the claim is that it stays at that. */
const withGrowth = ({ without, withUs }: Pair): number => {
  const growth = ({ heap: { beforeBytes, afterBytes } }: PrintingRun): number => afterBytes - beforeBytes;
  return 1 + (growth(withUs) - growth(without)) / without.heap.afterBytes;
};

const rowsOf = (
  what: string,
  measured: readonly Pair[],
  { ours, mainThreadS }: PrintingRun,
): readonly BenchRow[] => {
  if (ours === null) throw new Error('the run was not profiled');
  const share = ours.totalMs / 1000 / mainThreadS;
  console.log(
    `ours by the profile: ${ours.totalMs.toFixed(0)} ms of ${mainThreadS.toFixed(1)} s (${(share * 100).toFixed(2)} %), ` +
      `longest ${ours.longestMs.toFixed(1)} ms`,
  );
  return [
    {
      what: `${what}: main thread with the extension, against without`,
      ratio: median(measured.map(({ without, withUs }) => withUs.mainThreadS / without.mainThreadS)),
      target: MOST_TIME,
      bound: 'most',
    },
    {
      what: `${what}: longest task of ours, against 8 ms`,
      ratio: ours.longestMs / LONGEST_TASK_MS,
      target: 1,
      bound: 'most',
    },
    {
      what: `${what}: heap of the page with what the extension's grew by, against without`,
      ratio: median(measured.map(withGrowth)),
      target: MOST_GROWTH,
      bound: 'most',
    },
  ];
};

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
const rows: BenchRow[] = [];
for (const printing of [lines(counts.lines), redraws(counts.redraws)]) {
  rows.push(...(await measure(printing)));
}
console.log(`\n${reportOf('page', rows)}`);
