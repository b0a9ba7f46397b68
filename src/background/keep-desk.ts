import type { Run } from '../core/run/run.ts';
import type { KeepingUnderWay, KeepingView } from '../protocol/keeping-view.ts';
import type { PopupAction, PopupActionReply } from '../protocol/popup-transport.ts';
import type { Vault } from '../vault/vault.ts';
import { DONE, refused } from './action-reply.ts';
import type { Copies } from './copies.ts';
import { createInTurn } from './in-turn.ts';
import { extentOfAll, isOver, type Job } from './job.ts';
import { itemsOfRun } from './job-items.ts';
import type { JobStore } from './job-store.ts';
import { inferenceBytesOf } from './copy-of.ts';
import { afterFailure, afterKept, followRun, type Keeping } from './keeping.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { planCopies, wholeCheckpoints } from './run-copies.ts';
import type { TaskRunner } from './task-runner.ts';
import type { TransferDesk } from './transfer-desk.ts';

export type KeepingAction = Extract<PopupAction, { kind: 'change-keeping' }>;

export interface KeepDesk {
  view(notebook: Notebook): KeepingView;
  change(action: KeepingAction): Promise<PopupActionReply>;
  /** The notebook's record has changed: something may be there to be copied. */
  noticed(notebook: Notebook): void;
  /** A copy that was made by itself has ended, well or not. */
  jobOver(job: Job): Promise<void>;
}

/**
 * Keeps copies of a run's checkpoints by itself once the user has said yes. One checkpoint at a time, the newest first, each
 * tried once: what fails is said in the popup, and the next one is tried anyway.
 */
export const createKeepDesk = (
  store: NotebookStore,
  jobs: JobStore,
  transfers: TransferDesk,
  tasks: Pick<TaskRunner, 'progress'>,
  copies: Copies,
  vault: Vault,
  now: () => number,
): KeepDesk => {
  const inTurn = createInTurn();
  /** When the folder of each notebook was looked at, as it was last thought about: between two looks nothing is new. */
  const thoughtAbout = new Map<string, number | null>();

  const jobOf = (id: string): Job | null =>
    jobs.all().find((job) => job.automatic !== undefined && job.notebookId === id && !isOver(job)) ?? null;

  const isUsed = (copyId: string): boolean =>
    jobs.all().some((job) => !isOver(job) && job.items.some((item) => item.copyId === copyId));

  const drop = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) if (!isUsed(id)) await vault.remove(id);
    if (ids.length > 0) copies.changed();
  };

  const think = async (id: string): Promise<void> => {
    await jobs.ready;
    const kept = await copies.list();
    const record = store.change(id, withRun);
    if (record === null || record.run === null || record.keeping.answer !== 'yes') return;
    const { run, keeping } = record;
    const plan = planCopies(record, run, keeping, kept);
    await drop(plan.drop);
    const [name] = plan.copy;
    if (name === undefined || keeping.paused || record.files !== 'working' || jobOf(id) !== null) return;
    const { extent, mostBytesPerSecond } = keeping;
    const items = itemsOfRun(record, [name]);
    const automatic = { mostBytesPerSecond, modifiedAt: modifiedAtOf(run, name) };
    await transfers.ask({
      notebookId: id,
      extent: extentOfAll(items, extent),
      to: 'browser',
      items,
      automatic,
    });
  };

  const thinkInTurn = (id: string): Promise<void> => inTurn(id, () => think(id));

  /** The copy under way follows what the user chose; what is here of it stays, but for another choice of files. */
  const follow = async (id: string, before: Keeping, after: Keeping): Promise<void> => {
    const job = jobOf(id);
    if (job === null) return;
    if (after.answer !== 'yes' || after.extent !== before.extent) await transfers.cancel(job.id);
    else if (after.paused) await transfers.pause(job.id);
    else if (after.mostBytesPerSecond !== before.mostBytesPerSecond || before.paused)
      await transfers.anew(job.id, after.mostBytesPerSecond);
  };

  return {
    view: (notebook) => viewOf(notebook, underWay(jobOf(notebook.id), transfers, tasks)),
    async change({ notebookId: id, on, extent, paused, mostBytesPerSecond }) {
      const before = store.get(id)?.keeping;
      if (before === undefined) return refused('not-there');
      // What was not kept in one way may be in another.
      const anew = extent === before.extent ? {} : { tried: [], trouble: null };
      const answer = on ? 'yes' : 'no';
      const after: Keeping = { ...before, ...anew, answer, extent, paused, mostBytesPerSecond };
      store.change(id, (notebook) => ({ ...notebook, keeping: after }));
      await jobs.ready;
      await follow(id, before, after);
      await thinkInTurn(id);
      return DONE;
    },
    noticed({ id, keeping, run }) {
      if (keeping.answer !== 'yes' || run === null || thoughtAbout.get(id) === run.lookedAt) return;
      thoughtAbout.set(id, run.lookedAt);
      void thinkInTurn(id).catch(reportTrouble);
    },
    async jobOver(job) {
      const [item] = job.items;
      const { state, automatic, notebookId: id } = job;
      if (item !== undefined && automatic !== undefined)
        store.change(id, (notebook) => {
          const version = { name: item.name, modifiedAt: automatic.modifiedAt };
          const { keeping } = notebook;
          if (state.kind === 'done')
            return { ...notebook, keeping: afterKept(keeping, version, state.sizeBytes, now()) };
          return state.kind === 'failed'
            ? { ...notebook, keeping: afterFailure(keeping, version, state.why) }
            : notebook;
        });
      await transfers.dismiss(job.id);
      copies.changed();
      // Not at once where the page is away: the next look shows that it is there again.
      if (state.kind !== 'failed' || state.why.kind !== 'page-not-open') await thinkInTurn(id);
    },
  };
};

const withRun = (notebook: Notebook): Notebook => {
  if (notebook.run === null || notebook.keeping.answer !== 'yes') return notebook;
  const keeping = followRun(notebook.keeping, notebook.run);
  return keeping === notebook.keeping ? notebook : { ...notebook, keeping };
};

const modifiedAtOf = ({ checkpoints }: Run, name: string): number | null =>
  checkpoints.find((each) => each.name === name)?.modifiedAt ?? null;

const viewOf = (notebook: Notebook, atWork: KeepingUnderWay | null): KeepingView => {
  const { answer, extent, paused, mostBytesPerSecond, last, trouble } = notebook.keeping;
  const choice = { extent, paused, mostBytesPerSecond };
  switch (answer) {
    case 'none':
      return offerOf(notebook);
    case 'no':
      return { kind: 'off', ...choice };
    case 'yes':
      return { kind: 'on', ...choice, underWay: atWork, last, trouble };
    default:
      return answer satisfies never;
  }
};

const offerOf = ({ run, lookMemory }: Notebook): KeepingView => {
  const newest = run?.phase.kind === 'training' ? wholeCheckpoints(run).at(-1) : undefined;
  if (newest === undefined) return { kind: 'not-yet' };
  const { name, sizeBytes } = newest;
  return { kind: 'offer', sizeBytes, inferenceBytes: inferenceBytesOf(name, lookMemory) };
};

const underWay = (
  job: Job | null,
  transfers: Pick<TransferDesk, 'taskOf'>,
  tasks: Pick<TaskRunner, 'progress'>,
): KeepingUnderWay | null => {
  const name = job?.items[0]?.name;
  if (job === null || name === undefined || job.state.kind === 'paused') return null;
  const taskId = transfers.taskOf(job.id);
  const progress = taskId === null ? null : tasks.progress(taskId);
  if (job.state.kind === 'waiting') return { name, state: 'behind', share: null };
  return {
    name,
    state: (progress?.waiting ?? null) === null ? 'copying' : 'trying-again',
    share: progress === null || progress.totalBytes === 0 ? null : progress.doneBytes / progress.totalBytes,
  };
};

/** The next look brings it up again. */
const reportTrouble = (error: unknown): void =>
  console.warn('Holdfast: copies could not be thought about', error);
