import type { LossHistory } from '../core/checkpoint/loss-history.ts';
import type { CurveNews } from '../core/history/curves.ts';
import { MOST_RUNS } from '../core/history/room.ts';
import { foldRun } from '../core/history/fold-run.ts';
import { ownCheckpoints, type HistoryRun } from '../core/history/history-run.ts';
import type { SeriesPoint } from '../core/history/series.ts';
import { changesOf, type AskedChange } from '../core/reach/asked-changes.ts';
import type { Run } from '../core/run/run.ts';
import type { HistoryStore } from '../logbook/history-store.ts';
import type { HistoryFresh } from '../protocol/background-message.ts';
import type { Copies } from './copies.ts';
import type { HearLosses } from './folder-watch.ts';
import { formerLook, isUnsettled, settleFormerRun } from './former-run.ts';
import { createInTurn } from './in-turn.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { runView } from './run-view.ts';
import type { ServerDesk } from './server-desk.ts';

/** While nothing else happens than that it trains. */
const WRITE_INTERVAL_MS = 60_000;
/** Losses that wait to be written; a run that logs more between two writes is told by its files. */
const MOST_WAITING = 20_000;

export interface HistoryDesk {
  /** A notebook's record has changed. */
  noticed(notebook: Notebook): void;
  /** A checkpoint's own file was read: see `HearLosses` in `folder-watch.ts`. */
  readonly readLosses: HearLosses;
  /** What may lie in this browser has changed for a notebook. */
  copied(notebookId: string): void;
  /** Somebody looks: what is known of runs under way is written at once. */
  fresh(): Promise<HistoryFresh>;
}

/** What is known of a run that is not written yet. */
interface Waiting {
  loss: SeriesPoint[];
  evalLoss: SeriesPoint[];
  files: { readonly checkpoint: string; readonly history: LossHistory }[];
  heard: Run['lossesHeard'] | null;
  /** What decides that it is time to write. */
  seen: Pick<Run, 'phase' | 'checkpoints'> | null;
  mark: string;
  /** When the run was changed last on its user's wish. */
  asked: number | undefined;
  writtenAt: number;
}

/**
 * Writes runs into the history: at once when a run begins, ends, or has another checkpoint; once a minute while it trains;
 * and when somebody looks at the history. All of it beside what the run needs, nothing waits for it.
 */
export const createHistoryDesk = (
  store: Pick<NotebookStore, 'get' | 'all'>,
  history: Pick<HistoryStore, 'write'>,
  copies: Pick<Copies, 'list' | 'ofNotebook'>,
  servers: Pick<ServerDesk, 'ask'>,
  now: () => number,
): HistoryDesk => {
  const runs = new Map<string, Waiting>();
  /** Each notebook as it was noticed last, with its run. */
  const latest = new Map<string, Notebook>();
  const inTurn = createInTurn();

  const waitingOf = (runId: string): Waiting => {
    const known = runs.get(runId) ?? nothingWaits();
    runs.set(runId, known);
    const [oldest] = runs.keys();
    if (runs.size > MOST_RUNS && oldest !== undefined) runs.delete(oldest);
    return known;
  };

  const writeNow = async (record: Notebook): Promise<void> => {
    const { id, run } = record;
    if (run === null) return;
    const waiting = waitingOf(run.id);
    waiting.writtenAt = now();
    const kept = await copies.ofNotebook(id);
    const shown = runView(run, record.files === 'working', record.lookMemory, kept, record.setup.packages);
    const folded = foldRun(record, run, shown, now());
    // A file is heard of a moment before its checkpoint: until then nobody knows whose it is.
    const read = waiting.files.filter(({ checkpoint }) =>
      run.checkpoints.some(({ name }) => name === checkpoint),
    );
    const news = newsOf(waiting, read, folded);
    await history.write(folded, news);
    // What came meanwhile stays; had it failed, all would.
    waiting.loss.splice(0, news.loss.length);
    waiting.evalLoss.splice(0, news.evalLoss.length);
    waiting.files = waiting.files.filter((each) => !read.includes(each));
  };
  const writeRecord = (id: string, record: () => Notebook | null): Promise<void> =>
    // A full disk must not stop the watch.
    inTurn(id, async () => {
      const now = record();
      if (now !== null) await writeNow(now);
    }).catch((error: unknown) =>
      console.warn('Holdfast: a run could not be written into the history', error),
    );

  /** As it is when its turn comes, or as it was while it was its notebook's run. */
  const write = (notebook: Notebook): Promise<void> =>
    writeRecord(notebook.id, () => {
      const newest = store.get(notebook.id);
      return newest?.run?.id === notebook.run?.id ? newest : notebook;
    });

  /** Another run has begun before the folder of this one was judged to the end. */
  const settle = (former: Notebook): void =>
    void settleFormerRun(
      former,
      formerLook(servers, readLosses),
      (notebook) => void writeRecord(former.id, () => notebook),
      now,
      (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ).catch(() => undefined);

  const readLosses: HearLosses = (runId, checkpoint, read) => {
    const waiting = waitingOf(runId);
    waiting.files = [...waiting.files, { checkpoint, history: read }].slice(-20);
    waiting.mark = '';
  };

  return {
    readLosses,
    noticed(notebook) {
      const { id, run } = notebook;
      if (run === null) return;
      const former = latest.get(id);
      latest.set(id, notebook);
      if (former !== undefined && isReplaced(former.run, run)) settle(former);
      const waiting = waitingOf(run.id);
      hear(waiting, run);
      const asked = changesOf(notebook.askedChanges, run.id);
      if (isDue(waiting, run, asked, now())) void write(notebook);
    },
    copied(notebookId) {
      const notebook = store.get(notebookId);
      if (notebook !== null) void write(notebook);
    },
    async fresh() {
      const training = store.all().filter(({ run }) => run?.phase.kind === 'training');
      await Promise.all(training.map((notebook) => write(notebook)));
      const kept = await copies.list();
      return {
        training: training.flatMap(({ run }) => run?.id ?? []),
        copies: kept.map(({ view }) => view.id),
      };
    },
  };
};

/** In one folder nobody could tell any more what the former run wrote. */
const isReplaced = (former: Run | null, run: Run): boolean =>
  former !== null &&
  former.id !== run.id &&
  former.folder.kind === 'known' &&
  !(run.folder.kind === 'known' && run.folder.onServer === former.folder.onServer) &&
  isUnsettled(former);

const nothingWaits = (): Waiting => ({
  loss: [],
  evalLoss: [],
  files: [],
  heard: null,
  seen: null,
  mark: '',
  asked: undefined,
  writtenAt: 0,
});

const hear = (waiting: Waiting, { lossesHeard }: Run): void => {
  if (lossesHeard === waiting.heard) return;
  waiting.heard = lossesHeard;
  for (const { of, step, value } of lossesHeard) {
    const list = waiting[of];
    // The table shows its newest row again with each draw.
    if (list.at(-1)?.step !== step && list.length < MOST_WAITING) list.push({ step, value });
  }
};

const isDue = (waiting: Waiting, run: Run, asked: readonly AskedChange[], at: number): boolean => {
  const { phase, checkpoints } = run;
  if (waiting.asked !== asked.at(-1)?.at) {
    waiting.asked = asked.at(-1)?.at;
    return true;
  }
  if (waiting.seen?.phase !== phase || waiting.seen.checkpoints !== checkpoints || waiting.mark === '') {
    waiting.seen = { phase, checkpoints };
    const mark = markOf(run);
    const isOther = mark !== waiting.mark;
    waiting.mark = mark;
    if (isOther) return true;
  }
  return phase.kind === 'training' && at - waiting.writtenAt >= WRITE_INTERVAL_MS;
};

const markOf = ({ phase, checkpoints }: Run): string =>
  JSON.stringify([
    phase,
    checkpoints.map(({ name, integrity, gone, modifiedAt }) => [name, integrity.kind, gone, modifiedAt]),
  ]);

const newsOf = ({ loss, evalLoss }: Waiting, read: Waiting['files'], folded: HistoryRun): CurveNews => {
  const own = new Set(ownCheckpoints(folded).map(({ name }) => name));
  const file = read
    .filter(({ checkpoint }) => own.has(checkpoint))
    .reduce<LossHistory | null>(
      (newest, { history }) =>
        newest === null || history.globalStep >= newest.globalStep ? history : newest,
      null,
    );
  return { file, loss: [...loss], evalLoss: [...evalLoss] };
};
