import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Arrival, Contender, ContenderName, Course } from './contender.ts';
import { whyNotOpened } from './opened.ts';
import type { Leg } from './plan.ts';

const execute = promisify(execFile);

export interface Result {
  readonly leg: Leg;
  readonly name: ContenderName;
  readonly arrivals: readonly Arrival[];
  /** Why it did not arrive, once at least. */
  readonly failed: string | null;
  /** Whether unzip and Python read the archive; `null`: there is none. */
  readonly opened: boolean | null;
}

/** Runs everyone of a leg, in turn, each turn in the opposite order. One that fails is a result, too. */
export const runLeg = async (
  leg: Leg,
  contenders: readonly Contender[],
  course: Course,
  clear: () => Promise<void>,
): Promise<readonly Result[]> => {
  const results = new Map<ContenderName, Result>();
  const most = Math.max(...Object.values(leg.runs));
  for (let turn = 0; turn < most; turn += 1) {
    const here = contenders.filter(({ name }) => (leg.runs[name] ?? 0) > turn);
    for (const contender of turn % 2 === 0 ? here : here.toReversed()) {
      const before = results.get(contender.name) ?? {
        leg,
        name: contender.name,
        arrivals: [],
        failed: null,
        opened: null,
      };
      if (before.failed !== null) continue;
      results.set(contender.name, await runOnce(before, contender, course));
      await clear();
    }
  }
  return [...results.values()];
};

const runOnce = async (before: Result, contender: Contender, course: Course): Promise<Result> => {
  await rm(course.into, { recursive: true, force: true });
  await mkdir(course.into);
  await settleDisk(course.into);
  try {
    const arrival = await contender.run(course);
    const said =
      arrival.zip === null || before.arrivals.length > 0
        ? null
        : await whyNotOpened(arrival.zip, course.checkpoint.files.length);
    return {
      ...before,
      arrivals: [...before.arrivals, arrival],
      failed: said,
      opened: arrival.zip === null ? null : said === null,
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ...before, failed: text.split('\n')[0]?.slice(0, 160) ?? 'failed' };
  }
};

/** Brings to the disk what others wrote, so that nobody else waits for it. */
export const settleDisk = async (folder: string): Promise<void> => {
  await execute('sync', ['-f', folder]);
};

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Seconds, the median; `NaN` when it failed or was not run. */
export const secondsOf = (result: Result | undefined): number =>
  result === undefined || result.failed !== null
    ? Number.NaN
    : median(result.arrivals.map(({ seconds }) => seconds));
