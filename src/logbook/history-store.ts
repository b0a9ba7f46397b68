import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { NO_CURVES, pointCount, withNews, type Curves, type CurveNews } from '../core/history/curves.ts';
import type { HistoryRun } from '../core/history/history-run.ts';
import { overTheCap } from '../core/history/room.ts';
import { curvesSchema, historyRecordSchema, type HistoryRecord } from './history-record.ts';

const NAME = 'holdfast-history';
/** Runs that were deleted, so that one that still trains does not come back; the newest so many. */
const MOST_FORGOTTEN = 500;
const FORGOTTEN = 'forgotten';

/** What happened to the history without anybody's click. */
export interface HistoryNotes {
  /** Runs that were dropped because the history was full. */
  readonly dropped: number;
  /** Records that could not be read and were set aside since it was told last. */
  readonly setAside: number;
}

export interface HistoryStore {
  /** All runs, newest first. A record that does not fit is set aside, never thrown away. */
  runs(): Promise<readonly HistoryRun[]>;
  /** Empty where there are none. */
  curves(runId: string): Promise<Curves>;
  /** Writes a run down, with what came to its curves since the last time. One that was deleted stays deleted. */
  write(run: HistoryRun, news: CurveNews): Promise<void>;
  remove(runId: string): Promise<void>;
  removeAll(): Promise<void>;
  notes(): Promise<HistoryNotes>;
  /** The notes were shown: what was set aside is told once. */
  told(): Promise<void>;
}

interface Tables extends DBSchema {
  readonly runs: { key: string; value: unknown };
  readonly curves: { key: string; value: unknown };
  readonly setAside: { key: number; value: unknown };
  readonly notes: { key: string; value: unknown };
}

type Database = IDBPDatabase<Tables>;
const TABLES = ['runs', 'curves', 'setAside', 'notes'] as const;

/** The history in this browser's IndexedDB, shared by the background, which writes, and the pages that show it. */
export const openHistory = (): HistoryStore => {
  const opened: { database: Promise<Database> | null } = { database: null };
  const database = (): Promise<Database> => {
    opened.database ??= open(() => {
      opened.database = null;
    }).catch((error: unknown) => {
      opened.database = null;
      throw error;
    });
    return opened.database;
  };
  return {
    runs: async () => readRuns(await database()),
    curves: async (runId) => curvesIn(await (await database()).get('curves', runId)),
    write: async (run, news) => writeRun(await database(), run, news),
    remove: async (runId) => remove(await database(), [runId]),
    removeAll: async () => {
      const db = await database();
      await remove(db, await db.getAllKeys('runs'));
      await db.clear('setAside');
      await Promise.all([db.delete('notes', 'dropped'), db.delete('notes', 'setAside')]);
    },
    notes: async () => {
      const db = await database();
      const [dropped, setAside] = [await db.get('notes', 'dropped'), await db.get('notes', 'setAside')];
      return { dropped: countIn(dropped), setAside: countIn(setAside) };
    },
    told: async () => (await database()).delete('notes', 'setAside'),
  };
};

const open = (closed: () => void): Promise<Database> =>
  openDB<Tables>(NAME, 1, {
    upgrade(db) {
      for (const name of ['runs', 'curves', 'notes'] as const) db.createObjectStore(name);
      db.createObjectStore('setAside', { autoIncrement: true });
    },
    // A newer version of the extension wants it.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      closed();
    },
    terminated: closed,
  });

const readRuns = async (db: Database): Promise<readonly HistoryRun[]> => {
  const [keys, values] = [await db.getAllKeys('runs'), await db.getAll('runs')];
  const runs: HistoryRun[] = [];
  for (const [index, value] of values.entries()) {
    const record = v.safeParse(historyRecordSchema, value);
    const key = keys[index];
    if (record.success) runs.push(record.output.run);
    else if (key !== undefined) await setAside(db, key);
  }
  return runs.toSorted((a, b) => b.startedAt - a.startedAt);
};

/** As it is by now, in one transaction: another page may have done the same. */
const setAside = async (db: Database, key: string): Promise<void> => {
  const change = db.transaction(TABLES, 'readwrite');
  const [runs, notes] = [change.objectStore('runs'), change.objectStore('notes')];
  const value = await runs.get(key);
  if (value !== undefined && !v.is(historyRecordSchema, value)) {
    await change.objectStore('setAside').add(value);
    await runs.delete(key);
    await notes.put(countIn(await notes.get('setAside')) + 1, 'setAside');
  }
  await change.done;
};

const writeRun = async (db: Database, run: HistoryRun, news: CurveNews): Promise<void> => {
  const change = db.transaction(TABLES, 'readwrite');
  const [runs, curves, notes] = [
    change.objectStore('runs'),
    change.objectStore('curves'),
    change.objectStore('notes'),
  ];
  if (!idsIn(await notes.get(FORGOTTEN)).includes(run.id)) {
    const known = curvesIn(await curves.get(run.id));
    const isNews = news.file !== null || news.loss.length > 0 || news.evalLoss.length > 0;
    const now = isNews ? withNews(known, news, run.before?.step ?? null) : known;
    const isNew = (await runs.getKey(run.id)) === undefined;
    const record: HistoryRecord = { id: run.id, startedAt: run.startedAt, points: pointCount(now), run };
    await runs.put(record, run.id);
    if (isNews) await curves.put(now, run.id);
    const over = isNew ? overTheCap((await runs.getAll()).filter(isRecord)) : [];
    for (const id of over) await Promise.all([runs.delete(id), curves.delete(id)]);
    if (over.length > 0) await notes.put(countIn(await notes.get('dropped')) + over.length, 'dropped');
  }
  await change.done;
};

const remove = async (db: Database, ids: readonly string[]): Promise<void> => {
  const change = db.transaction(TABLES, 'readwrite');
  const notes = change.objectStore('notes');
  const forgotten = [...idsIn(await notes.get(FORGOTTEN)), ...ids].slice(-MOST_FORGOTTEN);
  await notes.put(forgotten, FORGOTTEN);
  for (const id of ids) {
    await change.objectStore('runs').delete(id);
    await change.objectStore('curves').delete(id);
  }
  await change.done;
};

const isRecord = (value: unknown): value is HistoryRecord => v.is(historyRecordSchema, value);
const countIn = (value: unknown): number => (typeof value === 'number' ? value : 0);
const idsIn = (value: unknown): readonly string[] => (v.is(v.array(v.string()), value) ? value : []);
/** Curves that cannot be read are begun anew: the next checkpoint's file brings them back. */
const curvesIn = (value: unknown): Curves => {
  const read = v.safeParse(curvesSchema, value);
  return read.success ? read.output : NO_CURVES;
};
