import { baselineOf, beforeOf, placeOfRun, type Place } from '../core/run/grown-place.ts';
import { grownFolder } from '../core/run/output-folder.ts';
import type { OutputFolder, Run } from '../core/run/run.ts';
import { searchGrowth } from '../runtime/growth-search.ts';
import { placeOf } from './colab-site.ts';
import type { Growth } from './growth.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';

/** The first search is at the start of a run, the second soon, the others at leisure: each costs up to 30 requests. */
const SECOND_SEARCH_MS = 20_000;
const SEARCH_INTERVAL_MS = 60_000;
/** A first search this long after the start can't tell any more what lay there before. */
const START_MS = 5000;
/** A folder may have been made a while before, and what lies in it counts as what lay there. */
const LOOK_BACK_MS = 24 * 60 * 60 * 1000;
/** Below a folder that is known there is little to search, so that it may be done more often. */
const FEW_LISTINGS = 12;
const SEARCH_BELOW_INTERVAL_MS = 10_000;

interface Search {
  readonly root: string;
  /** Requests at most; `null`: as many as a search may cost. */
  readonly listings: number | null;
  readonly intervalMs: number;
}

/**
 * Where to search, `null` when there is nothing to search for: the folder is known, or lies where nobody can look. Below a
 * folder that the source names some frameworks make folders of their own (`lightning_logs/version_0/checkpoints`).
 */
const searchFor = (record: Notebook, run: Run): Search | null => {
  const { folder, framework, checkpoints, baseline } = run;
  if (folder.kind === 'unknown') {
    const { notebookPath } = placeOf(record);
    return {
      root: notebookPath.slice(0, Math.max(0, notebookPath.lastIndexOf('/'))),
      listings: null,
      intervalMs: SEARCH_INTERVAL_MS,
    };
  }
  if (folder.kind !== 'known' || folder.from !== 'source' || !folder.seen || baseline === null) return null;
  const hasOwn = checkpoints.some(({ origin }) => origin === 'this-run');
  return hasOwn || framework === null || framework === 'transformers'
    ? null
    : { root: folder.onServer, listings: FEW_LISTINGS, intervalMs: SEARCH_BELOW_INTERVAL_MS };
};

const isDue = (run: Run, growth: Growth | null, intervalMs: number, at: number): boolean => {
  if (growth === null) return true;
  if (run.phase.kind !== 'training') return growth.searchedAt < run.phase.at;
  const waited = growth.searches === 1 ? Math.min(SECOND_SEARCH_MS, intervalMs) : intervalMs;
  return at - growth.searchedAt >= waited;
};

/** Looks for the folder of a run by what grows, if it is not known and the last search is long enough ago. */
export const searchIfDue = async (
  store: Pick<NotebookStore, 'get' | 'change'>,
  servers: Pick<ServerDesk, 'ask'>,
  id: string,
  now: () => number,
): Promise<void> => {
  const record = store.get(id);
  const run = record?.run ?? null;
  if (record === null || run === null) return;
  const search = searchFor(record, run);
  const growth = record.growth?.runId === run.id ? record.growth : null;
  const at = now();
  if (search === null || !isDue(run, growth, search.intervalMs, at)) return;
  const begins = growth === null && run.phase.kind === 'training' && at - run.startedAt < START_MS;
  const known: Growth = growth ?? { runId: run.id, searchedAt: at, searches: 0, before: {} };
  const searched = { ...known, searchedAt: at, searches: known.searches + 1 };
  store.change(id, (notebook) => ({ ...notebook, growth: searched }));
  const found = await servers.ask(record, ({ address, access }) =>
    searchGrowth(address, search.root, {
      ...access,
      framework: run.framework,
      since: begins ? run.startedAt - LOOK_BACK_MS : run.startedAt,
      ...(search.listings === null ? {} : { listings: search.listings }),
    }),
  );
  if (!found.ok) return;
  if (begins) return void store.change(id, (notebook) => withBefore(notebook, run.id, found.value));
  const place = placeOfRun(found.value, known.before, run.startedAt);
  if (place !== null) store.change(id, (notebook) => withPlace(notebook, run, place, known.before));
};

const withBefore = (notebook: Notebook, runId: string, places: readonly Place[]): Notebook =>
  notebook.growth?.runId === runId
    ? { ...notebook, growth: { ...notebook.growth, before: beforeOf(places) } }
    : notebook;

const isSameFolder = (one: OutputFolder, other: OutputFolder): boolean =>
  one.kind === other.kind &&
  (one.kind !== 'known' || other.kind !== 'known' || one.onServer === other.onServer);

/** The log or the user may have told the folder meanwhile. */
const withPlace = (notebook: Notebook, searched: Run, place: Place, before: Growth['before']): Notebook => {
  const { run } = notebook;
  if (run === null || run.id !== searched.id || !isSameFolder(run.folder, searched.folder)) return notebook;
  return {
    ...notebook,
    lookMemory: null,
    run: {
      ...run,
      folder: grownFolder(place.path, placeOf(notebook).notebookPath),
      baseline: baselineOf(place, before, run.startedAt),
      lookedAt: null,
    },
  };
};
