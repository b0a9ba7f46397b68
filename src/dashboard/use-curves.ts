import { useEffect, useRef, useState } from 'preact/hooks';
import type { Curves } from '../core/history/curves.ts';
import type { HistoryRun } from '../core/history/history-run.ts';
import type { HistoryDoor } from './history-door.ts';

export type CurvesByRun = ReadonlyMap<string, Curves>;

/** The curves of the chosen runs, each read again only when its run was written anew. */
export const useCurves = (door: HistoryDoor, runs: readonly HistoryRun[]): CurvesByRun => {
  const [curves, setCurves] = useState<CurvesByRun>(new Map());
  const readAt = useRef(new Map<string, number>());
  const wanted = runs.map(({ id, seenAt }) => `${id} ${seenAt}`).join('\n');
  useEffect(() => {
    let superseded = false;
    const read = async (): Promise<void> => {
      const stale = runs.filter(({ id, seenAt }) => readAt.current.get(id) !== seenAt);
      const found = await Promise.all(stale.map(async ({ id }) => [id, await door.curves(id)] as const));
      if (superseded || found.length === 0) return;
      for (const { id, seenAt } of stale) readAt.current.set(id, seenAt);
      setCurves((before) => new Map([...before, ...found]));
    };
    void read().catch(() => undefined);
    return () => {
      superseded = true;
    };
    // What is wanted is in one text: the list itself is another one with each drawing.
  }, [door, wanted]);
  return curves;
};
