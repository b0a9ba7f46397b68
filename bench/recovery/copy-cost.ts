import { until } from '../../e2e/until.ts';
import type { HomePopup } from '../../e2e/home/home-popup.ts';
import { median } from '../zip/run-leg.ts';
import { startMachine } from './machine.ts';
import { openOurSide } from './our-side.ts';
import { timedSteps, type TimedStep } from './step-times.ts';
import { benchStory } from './story.ts';

/** Two neighbouring intervals of one run. */
interface Pair {
  /** Mean seconds of a step. */
  readonly copying: number;
  readonly paused: number;
}

export interface CopyCost {
  readonly pairs: readonly Pair[];
  /** A step while it copies against one while it does not: the median of the pairs. */
  readonly ratio: number;
  readonly bytesPerSecond: number;
}

interface Interval {
  readonly copies: boolean;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** How much was copied meanwhile. */
  readonly share: number;
}

/** What is copied by itself at most each second; more than enough lies there for all intervals. */
const MB_PER_SECOND = 16;
const INTERVAL_MS = 3000;
/** From the order to pause or to go on until it is done. */
const CHANGE_MS = 700;

/**
 * One run trains without a pause while its first checkpoint is copied, and not, in turn; which of a pair comes first changes, so
 * that a machine that grows slower favours neither.
 */
export const copyCost = async (pairs: number): Promise<CopyCost> => {
  const seconds = (pairs * (INTERVAL_MS + CHANGE_MS)) / 1000;
  const megabytes = Math.ceil(seconds * MB_PER_SECOND * 1.2);
  await using machine = await startMachine(benchStory({ megabytes, sequenceLength: 96, pause: 0 }));
  await using ours = await openOurSide(machine);
  const intervals = await ours.inPopup(async (popup) => {
    await until('the question', async () => (await popup.view()).keeping.kind === 'offer');
    await choose(popup, true);
    const done: Interval[] = [];
    for (let index = 0; index < pairs; index += 1)
      for (const copies of index % 2 === 0 ? [true, false] : [false, true])
        done.push(await interval(popup, copies));
    return done;
  });
  return costOf(intervals, await timedSteps(machine.server.rootDir), megabytes);
};

const choose = async (popup: HomePopup, paused: boolean): Promise<void> => {
  const { notebookId } = await popup.view();
  const choice = { extent: 'everything', paused, mostBytesPerSecond: null } as const;
  const reply = await popup.act({ kind: 'change-keeping', notebookId, on: true, ...choice });
  if (reply.kind !== 'done') throw new Error(`refused: ${reply.reason}`);
};

const interval = async (popup: HomePopup, copies: boolean): Promise<Interval> => {
  await choose(popup, !copies);
  await wait(CHANGE_MS);
  const [from, before] = [Date.now() / 1000, await shareOf(popup)];
  await wait(INTERVAL_MS);
  const [to, after] = [Date.now() / 1000, await shareOf(popup)];
  if (copies && after <= before) throw new Error(`nothing was copied: ${before} and then ${after}`);
  return { copies, from, to, share: after - before };
};

const shareOf = async (popup: HomePopup): Promise<number> => {
  const { keeping } = await popup.view();
  return (keeping.kind === 'on' ? keeping.underWay?.share : null) ?? 0;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const costOf = (intervals: readonly Interval[], steps: readonly TimedStep[], megabytes: number): CopyCost => {
  const meanIn = ({ from, to }: Interval): number => {
    const inside = steps.filter(({ at, seconds }) => at - seconds >= from && at <= to);
    return inside.reduce((sum, { seconds }) => sum + seconds, 0) / inside.length;
  };
  const copying = intervals.filter(({ copies }) => copies);
  const paused = intervals.filter(({ copies }) => !copies).map(meanIn);
  const pairs = copying.map((each, index) => ({
    copying: meanIn(each),
    paused: paused[index] ?? Number.NaN,
  }));
  const moved = copying.reduce((sum, { share }) => sum + share, 0) * megabytes * 1e6;
  const seconds = copying.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    pairs,
    ratio: median(pairs.map((pair) => pair.copying / pair.paused)),
    bytesPerSecond: moved / seconds,
  };
};

export const costTable = ({ pairs, bytesPerSecond }: CopyCost): string => {
  const each = pairs.map(({ copying, paused }) => (copying / paused).toFixed(3)).join(', ');
  const ms = (median(pairs.map(({ paused }) => paused)) * 1000).toFixed(1);
  return `  ${(bytesPerSecond / 1e6).toFixed(1)} MB/s copied, ${ms} ms a step; pairs: ${each}`;
};
