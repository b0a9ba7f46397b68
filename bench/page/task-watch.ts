import type { CDPSession } from '@playwright/test';
import * as v from 'valibot';

/** A task of a page's main thread. */
export interface Task {
  /** Microseconds of the browser's monotonic clock. */
  readonly startUs: number;
  readonly lastedUs: number;
  /** Processor time of it; less where other programs had the processor meanwhile. */
  readonly workedUs: number;
}

/** Shorter ones are so many that they would be most of what is kept; no task of ours that matters is among them. */
const SHORTEST_US = 1000;
const BUFFER_KB = 1_000_000;

const taskSchema = v.object({
  ph: v.literal('X'),
  name: v.pipe(v.string(), v.endsWith('RunTask')),
  pid: v.number(),
  tid: v.number(),
  ts: v.number(),
  dur: v.pipe(v.number(), v.minValue(SHORTEST_US)),
  tdur: v.number(),
});
const rendererSchema = v.object({
  name: v.literal('thread_name'),
  pid: v.number(),
  tid: v.number(),
  args: v.object({ name: v.literal('CrRendererMain') }),
});

/**
 * Has the browser write down its tasks (Chromium's trace category `toplevel`). What is given back ends it and gives
 * those of the busiest page, in the order of time: the page that is measured works all the time, and no other does.
 */
export const startTaskWatch = async (session: CDPSession): Promise<() => Promise<readonly Task[]>> => {
  const threads = new Map<string, Task[]>();
  const renderers = new Set<string>();
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) {
      if (v.is(rendererSchema, event)) renderers.add(`${event.pid}/${event.tid}`);
      if (!v.is(taskSchema, event)) continue;
      const thread = `${event.pid}/${event.tid}`;
      const tasks = threads.get(thread) ?? [];
      threads.set(thread, tasks);
      tasks.push({ startUs: event.ts, lastedUs: event.dur, workedUs: event.tdur });
    }
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', '__metadata'],
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: BUFFER_KB,
    },
  });
  return async () => {
    const complete = new Promise<boolean>((resolve) =>
      session.once('Tracing.tracingComplete', ({ dataLossOccurred }) => resolve(!dataLossOccurred)),
    );
    await session.send('Tracing.end');
    if (!(await complete)) throw new Error('the browser lost a part of the trace');
    return busiest([...threads].filter(([thread]) => renderers.has(thread)).map(([, tasks]) => tasks));
  };
};

const busiest = (threads: readonly (readonly Task[])[]): readonly Task[] => {
  const worked = (tasks: readonly Task[]): number => tasks.reduce((sum, { workedUs }) => sum + workedUs, 0);
  const [most] = threads.toSorted((a, b) => worked(b) - worked(a));
  if (most === undefined) throw new Error('the trace tells no task of a page');
  return most.toSorted((a, b) => a.startUs - b.startUs);
};
