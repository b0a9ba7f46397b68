import {
  beginPressure,
  fullInMs,
  heardNothing,
  tookReading,
  type MemoryPressure,
} from '../core/pressure/memory-pressure.ts';
import type { MemoryView } from '../protocol/memory-view.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import type { MemoryOf } from './machine-question.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';

/**
 * What fills a memory slowly enough that somebody can still act does so in minutes: once a minute shows it in time, and costs a
 * server one small answer (at most three, where it is read from files). What fills it within seconds nobody could answer.
 */
const ASK_INTERVAL_MS = 60_000;
/** Where nobody tells. */
const SILENT_INTERVAL_MS = 60 * 60_000;
/** What was read so long ago says nothing of now. */
const STALE_MS = 3 * 60_000;

export interface MemoryDesk {
  /** Asks how much memory is left, if a run trains and that is due; warns once for each run. */
  askIfDue(id: string): Promise<void>;
  /** `null`: there is nothing to worry about, or nobody knows. */
  view(notebook: Notebook): MemoryView | null;
}

/** Watches for the death that says nothing: a kernel that runs out of memory is killed without a word. */
export const createMemoryDesk = (
  store: Pick<NotebookStore, 'get' | 'change'>,
  memoryOf: MemoryOf,
  alarms: Pick<AlarmDesk, 'memoryFills'>,
  now: () => number,
): MemoryDesk => {
  const asking = new Set<string>();

  const ask = async (record: Notebook, runId: string): Promise<void> => {
    const told = await memoryOf(record);
    store.change(record.id, (notebook) => {
      // Another run may have begun meanwhile.
      if (notebook.run?.id !== runId) return notebook;
      const before = ofRun(notebook.memory, runId) ?? beginPressure(runId, now());
      return {
        ...notebook,
        memory: told.ok ? tookReading(before, told.value, now()) : heardNothing(before, now()),
      };
    });
  };

  const warn = (id: string): void => {
    const record = store.get(id);
    const view = record === null ? null : viewOf(record, now());
    if (record?.memory?.told !== false || view === null) return;
    store.change(id, (notebook) =>
      notebook.memory === null ? notebook : { ...notebook, memory: { ...notebook.memory, told: true } },
    );
    alarms.memoryFills(id, view);
  };

  return {
    async askIfDue(id) {
      const record = store.get(id);
      const run = record?.run ?? null;
      if (record === null || run === null || !record.present || run.phase.kind !== 'training') return;
      if (!isDue(ofRun(record.memory, run.id), now()) || asking.has(id)) return;
      asking.add(id);
      await ask(record, run.id).finally(() => asking.delete(id));
      warn(id);
    },
    view: (notebook) => viewOf(notebook, now()),
  };
};

const ofRun = (pressure: MemoryPressure | null, runId: string): MemoryPressure | null =>
  pressure?.runId === runId ? pressure : null;

const isDue = (pressure: MemoryPressure | null, at: number): boolean =>
  pressure === null || at - pressure.askedAt >= (pressure.isSilent ? SILENT_INTERVAL_MS : ASK_INTERVAL_MS);

const viewOf = ({ run, memory }: Notebook, at: number): MemoryView | null => {
  const pressure = run?.phase.kind === 'training' ? ofRun(memory, run.id) : null;
  const last = pressure?.samples.at(-1);
  if (pressure === null || last === undefined || pressure.level === 'calm' || at - last.at > STALE_MS)
    return null;
  const { usedBytes, limitBytes } = last;
  return { level: pressure.level, usedBytes, limitBytes, fullInMs: fullInMs(pressure.samples) };
};
