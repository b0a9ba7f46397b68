import type { CDPSession } from '@playwright/test';

/** What of a page's main thread was the extension's. */
export interface OurTime {
  readonly totalMs: number;
  /** The longest time that was ours without a pause. */
  readonly longestMs: number;
  /** How long was looked. */
  readonly profiledMs: number;
}

const SAMPLING_US = 500;
const EXTENSION = 'chrome-extension://';

export const startProfile = async (session: CDPSession): Promise<void> => {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLING_US });
  await session.send('Profiler.start');
};

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/** Ends the profile. A moment is ours when any function on the stack is a script of the extension. */
export const ourTime = async (session: CDPSession): Promise<OurTime> => {
  const { profile } = await session.send('Profiler.stop');
  return shareOf(profile);
};

export const shareOf = ({ nodes, samples = [], timeDeltas = [] }: Profile): OurTime => {
  const ours = nodesOf(nodes);
  let totalUs = 0;
  let longestUs = 0;
  let currentUs = 0;
  let allUs = 0;
  for (const [index, id] of samples.entries()) {
    // A sample stands for the time until the next one.
    const lasted = Math.max(0, timeDeltas[index + 1] ?? 0);
    allUs += lasted;
    currentUs = ours.has(id) ? currentUs + lasted : 0;
    if (ours.has(id)) totalUs += lasted;
    longestUs = Math.max(longestUs, currentUs);
  }
  return { totalMs: totalUs / 1000, longestMs: longestUs / 1000, profiledMs: allUs / 1000 };
};

/** Functions of the extension, and whatever they call. Parents come before their children. */
const nodesOf = (nodes: Profile['nodes']): ReadonlySet<number> => {
  const ours = new Set<number>();
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.url.startsWith(EXTENSION)) ours.add(id);
    if (ours.has(id)) for (const child of children) ours.add(child);
  }
  return ours;
};
