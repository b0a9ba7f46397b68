/**
 * `npm run bench -- small-zip [--quick]`: up to which size JSZip may make an archive before it is felt. The same files, out of
 * the browser's own file system, are packed by JSZip and by reference, in a page of the extension; the archive is then read
 * once, as the browser does that writes it among the downloads. The median of three runs counts (`--quick`: of one), and the most
 * memory that the extension's processes took more than before in any of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { reportOf } from '../scripts/bench/report.ts';
import { buildChrome } from '../scripts/builds.ts';
import { run } from '../scripts/program.ts';
import { IN_MEMORY_BYTES } from '../src/transfer/zip-in-memory.ts';
import type { Kind, Way } from './small-zip/in-page.ts';
import { openPackPage, type PackPage } from './small-zip/pack-page.ts';
import { memoryMeter, type MemoryMeter } from './zip/browser-memory.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const RUNS = values.quick ? 1 : 3;
/** Deflating takes half a minute for the largest of words, and shows nothing new. */
const MEGABYTES = {
  tensors: [1, 4, 8, 16, 32, 64, 128, 256],
  words: [1, 4, 8, 16, 32, 64],
} as const;
const WAYS: readonly Way[] = ['jszip', 'by-reference'];
const LOOK_MS = 20;
const MB = 1_000_000;

interface Figures {
  readonly way: Way;
  readonly kind: Kind;
  readonly megabytes: number;
  /** Made and read once. */
  readonly ms: number;
  readonly moreBytes: number;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const measure = async (
  page: PackPage,
  meter: MemoryMeter,
  way: Way,
  kind: Kind,
  megabytes: number,
): Promise<Figures> => {
  const times: number[] = [];
  let moreBytes = 0;
  for (let count = 0; count < RUNS; count += 1) {
    await page.tidy();
    const before = await meter.now();
    const stop = meter.watch();
    const { makeMs, readMs } = await page.pack(way, kind);
    moreBytes = Math.max(moreBytes, (await stop()) - before);
    times.push(makeMs + readMs);
  }
  return { way, kind, megabytes, ms: median(times), moreBytes };
};

const rowOf = ({ way, kind, megabytes, ms, moreBytes }: Figures): string =>
  [
    `${megabytes} MB of ${kind}`.padEnd(18),
    way.padEnd(14),
    `${ms.toFixed(0)} ms`.padStart(8),
    `+${(moreBytes / MB).toFixed(0)} MB`.padStart(9),
  ].join(' ');

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
const profile = await mkdtemp(join(tmpdir(), 'holdfast-small-zip-'));
const figures: Figures[] = [];
{
  await using browser = await launchBrowser({ profile });
  const page = await openPackPage(browser);
  const meter = memoryMeter(profile, LOOK_MS);
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; ${browser.context.browser()?.version() ?? ''}`,
  );
  for (const kind of ['tensors', 'words'] as const)
    for (const megabytes of MEGABYTES[kind]) {
      await page.prepare(kind, megabytes);
      // The engine compiles, the disk's cache is warm: not counted.
      for (const way of WAYS) await page.pack(way, kind);
      for (const way of WAYS) {
        const measured = await measure(page, meter, way, kind, megabytes);
        figures.push(measured);
        console.log(rowOf(measured));
      }
    }
}
await rm(profile, { recursive: true, force: true, maxRetries: 5 });

/** At the largest size that JSZip is given. */
const atBound = (way: Way, kind: Kind): Figures | undefined =>
  figures.findLast(
    (each) => each.way === way && each.kind === kind && each.megabytes * MB <= IN_MEMORY_BYTES,
  );
const later = (kind: Kind): number =>
  ((atBound('jszip', kind)?.ms ?? Number.NaN) - (atBound('by-reference', kind)?.ms ?? Number.NaN)) / 1000;

console.log(
  `\n${reportOf('small-zip', [
    { what: 'tensors at the bound, JSZip later by, s', ratio: later('tensors'), target: 0.25, bound: 'most' },
    { what: 'words at the bound, JSZip later by, s', ratio: later('words'), target: 1, bound: 'most' },
    {
      what: 'at the bound, JSZip takes, of 150 MB',
      ratio: (atBound('jszip', 'tensors')?.moreBytes ?? Number.NaN) / (150 * MB),
      target: 1,
      bound: 'most',
    },
  ])}`,
);
