import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { notebookSchema, type Notebook } from './notebook.ts';
import { tabsWithPages } from './tab-pages.ts';

const MAX_NOTEBOOKS = 100;
const PREFIX = 'notebook:';

export interface NotebookStore {
  /** Resolves when what was kept from before has been read. Nothing else may be called earlier. */
  readonly ready: Promise<void>;
  get(id: string): Notebook | null;
  all(): readonly Notebook[];
  inTab(tabId: number): readonly Notebook[];
  /** Applies a change to a record as it is now. A change that returns the same record is none. */
  change(id: string, apply: (notebook: Notebook) => Notebook): Notebook | null;
  add(notebook: Notebook): void;
  onChange(listener: (notebook: Notebook) => void): void;
}

/**
 * The notebooks known to this browser: read once from storage, kept in memory while the background lives, written back
 * at each change, those that come during a write with the next one: the background may end at any moment. A record that storage gives back in an unknown shape is set aside, never thrown away.
 */
export const createNotebookStore = (): NotebookStore => {
  const records = new Map<string, Notebook>();
  const unwritten = new Set<string>();
  const writing = { now: false };
  const listeners: ((notebook: Notebook) => void)[] = [];

  const write = async (): Promise<void> => {
    if (writing.now) return;
    writing.now = true;
    try {
      // What changed in the same breath goes together.
      await Promise.resolve();
      while (unwritten.size > 0) await writeSome([...unwritten]);
    } finally {
      writing.now = false;
    }
  };
  const writeSome = async (ids: readonly string[]): Promise<void> => {
    unwritten.clear();
    const known = ids.flatMap((id) => records.get(id) ?? []);
    await browser.storage.local.set(Object.fromEntries(known.map((record) => [PREFIX + record.id, record])));
  };
  const put = (record: Notebook): void => {
    records.set(record.id, record);
    unwritten.add(record.id);
    void write().catch(reportStorage);
    for (const listener of listeners) listener(record);
  };

  return {
    ready: readAll(records),
    get: (id) => records.get(id) ?? null,
    all: () => [...records.values()],
    inTab: (tabId) => [...records.values()].filter((record) => record.present && record.tabId === tabId),
    change(id, apply) {
      const before = records.get(id);
      if (before === undefined) return null;
      const after = apply(before);
      if (after !== before) put(after);
      return after;
    },
    add(record) {
      put(record);
      forgetOldest(records);
    },
    onChange: (listener) => void listeners.push(listener),
  };
};

/** The background ends and begins while pages stay open; after a start of the browser none of them is there. */
const readAll = async (records: Map<string, Notebook>): Promise<void> => {
  const tabs = await tabsWithPages();
  const stored = await browser.storage.local.get(null);
  for (const [key, value] of Object.entries(stored)) {
    if (!key.startsWith(PREFIX)) continue;
    const parsed = v.safeParse(notebookSchema, value);
    if (!parsed.success) {
      await setAside(key, value);
      continue;
    }
    const record = parsed.output;
    const isThere = record.tabId !== null && tabs.has(record.tabId);
    records.set(record.id, isThere ? record : { ...record, present: false, hadKernelHere: false });
  }
};

const setAside = async (key: string, value: unknown): Promise<void> => {
  console.warn('Holdfast: a stored record has an unknown shape and was set aside', key);
  await browser.storage.local.set({ [`set-aside:${key}`]: value });
  await browser.storage.local.remove(key);
};

const forgetOldest = (records: Map<string, Notebook>): void => {
  const old = [...records.values()].filter(({ present }) => !present).toSorted((a, b) => a.seenAt - b.seenAt);
  for (const { id } of old.slice(0, Math.max(0, records.size - MAX_NOTEBOOKS))) {
    records.delete(id);
    void browser.storage.local.remove(PREFIX + id).catch(reportStorage);
  }
};

/** A full disk must not stop the watch: what is known stays in memory as long as the background lives. */
const reportStorage = (error: unknown): void =>
  console.warn('Holdfast: could not write to the browser storage', error);
