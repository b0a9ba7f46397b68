import type { CDPSession } from '@playwright/test';
import { startTaskWatch, type Task } from './task-watch.ts';

/** What of a page's main thread was the extension's, in processor time: the kernel and the server want the processor too. */
export interface OurTime {
  readonly totalMs: number;
  /** The longest time that was ours without a pause, within one task of the page. */
  readonly longestMs: number;
}

const SAMPLING_US = 500;
const EXTENSION = 'chrome-extension://';

/** Looks at every half millisecond whose code runs, until the function that is given back is called. */
export const watchOurTime = async (session: CDPSession): Promise<() => Promise<OurTime>> => {
  const endTasks = await startTaskWatch(session);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  await session.send('Profiler.start');
  return async () => {
    const { profile } = await session.send('Profiler.stop');
    return shareOf(profile, await endTasks());
  };
};

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string };
    readonly children?: readonly number[];
  }[];
  /** Microseconds of the clock that tasks are told by. */
  readonly startTime: number;
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/**
 * A moment is ours when any function on the stack is a script of the extension.
 *
 * @param tasks In the order of time. Where one begins, a pause has been: the page's own tasks had their turn.
 */
export const shareOf = (
  { nodes, startTime, samples = [], timeDeltas = [] }: Profile,
  tasks: readonly Task[],
): OurTime => {
  const ours = nodesOf(nodes);
  const begun = { count: 0 };
  const beginsTask = (us: number): boolean => {
    const before = begun.count;
    while ((tasks[begun.count]?.startUs ?? Number.POSITIVE_INFINITY) <= us) begun.count += 1;
    return begun.count > before;
  };
  let at = startTime;
  let totalUs = 0;
  let longestUs = 0;
  let currentUs = 0;
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index] ?? 0;
    // A sample stands for the time until the next one.
    const lasted = Math.max(0, timeDeltas[index + 1] ?? 0);
    if (beginsTask(at) || !ours.has(id)) currentUs = 0;
    if (!ours.has(id)) continue;
    const worked = lasted * workShare(tasks[begun.count - 1], at);
    currentUs += worked;
    totalUs += worked;
    longestUs = Math.max(longestUs, currentUs);
  }
  return { totalMs: totalUs / 1000, longestMs: longestUs / 1000 };
};

/** How much of a moment the task had the processor, as far as is known: 1 for one too short to be told of. */
const workShare = (task: Task | undefined, us: number): number =>
  task === undefined || us > task.startUs + task.lastedUs ? 1 : Math.min(1, task.workedUs / task.lastedUs);

/** Functions of the extension, and whatever they call. Parents come before their children. */
const nodesOf = (nodes: Profile['nodes']): ReadonlySet<number> => {
  const ours = new Set<number>();
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.url.startsWith(EXTENSION)) ours.add(id);
    if (ours.has(id)) for (const child of children) ours.add(child);
  }
  return ours;
};
