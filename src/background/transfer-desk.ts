import { showDownload, stopDownload } from '../browser/downloads.ts';
import type { JobFailure } from '../protocol/home-view.ts';
import type { CopyTask, Reached, TaskEnd, TaskFailure } from '../protocol/transfer-message.ts';
import type { Vault } from '../vault/vault.ts';
import { checkpointOf, extentFor, isOver, isSameWish, type Job, type JobItem } from './job.ts';
import { JobStopped, unexpectedEnd } from './job-stopped.ts';
import type { JobStore } from './job-store.ts';
import { createJobZip } from './job-zip.ts';
import type { LiveDownloads } from './live-downloads.ts';
import type { TaskRunner } from './task-runner.ts';
import { takeAwayOf, takeAwayOrphans, takeAwayTemporary } from './job-copies.ts';
import { zipName } from './zip-name.ts';
import type { ZipSaver } from './zip-saver.ts';

/** What the desk needs to know of the notebook a job is for. */
export interface TransferSource {
  readonly notebook: { readonly id: string; readonly name: string };
  /** Whether a page shows it at the moment. */
  readonly isOpen: () => boolean;
  /** The way to its server, `null` when there is none at the moment. */
  readonly reach: (anew: boolean) => Promise<Reached | null>;
  /** The newest good checkpoint to take when one of that name changed or is gone. */
  readonly nextGood: (name: string) => string | null;
}

export interface TransferDesk {
  /** Begins what was left under way when the background, or the browser, ended. */
  resume(): Promise<void>;
  /** The job for a wish: the one that is under way, or paused, for the same, or a new one. */
  ask(wish: Pick<Job, 'notebookId' | 'extent' | 'to' | 'items' | 'automatic'>): Promise<void>;
  pause(id: string): Promise<void>;
  goOn(id: string): Promise<void>;
  /** Tries again, and moves what lies in the way aside. */
  moveAside(id: string): Promise<void>;
  /** Goes on with a copy that is made by itself, at another pace (bytes per second). */
  anew(id: string, mostBytesPerSecond: number | null): Promise<void>;
  cancel(id: string): Promise<void>;
  dismiss(id: string): Promise<void>;
  show(id: string): Promise<boolean>;
  /** The task that works for a job at the moment. */
  taskOf(id: string): string | null;
}

/** Does one job after another: copies, then a zip of the copies, then its download. */
export const createTransferDesk = (
  jobs: JobStore,
  tasks: TaskRunner,
  vault: Vault,
  sourceOf: (notebookId: string) => TransferSource | null,
  host: { rest(): Promise<void> },
  zips: ZipSaver,
  lives: LiveDownloads,
  whenOver: (job: Job) => void,
  now: () => number,
): TransferDesk => {
  const current: {
    jobId: string | null;
    taskId: string | null;
    stopFor: 'pause' | 'cancel' | 'turn' | null;
  } = {
    jobId: null,
    taskId: null,
    stopFor: null,
  };

  const next = async (): Promise<void> => {
    if (current.jobId !== null) return;
    const left = jobs
      .all()
      .filter(({ state: { kind } }) => kind === 'moving' || kind === 'saving' || kind === 'waiting');
    const job = left.find(({ automatic }) => automatic === undefined) ?? left[0];
    if (job === undefined) return host.rest();
    current.jobId = job.id;
    current.stopFor = null;
    try {
      await perform(job);
    } catch (error) {
      if (job.to === 'zip') await lives.drop(job.id);
      if (error instanceof JobStopped) await afterStop(job.id, error.why);
      else await jobs.change(job.id, failedWith({ kind: 'unexpected', said: String(error) }));
    }
    current.jobId = null;
    current.taskId = null;
    const over = jobs.get(job.id);
    if (over !== null && isOver(over)) whenOver(over);
    await next();
  };

  const afterStop = async (id: string, why: JobFailure | null): Promise<void> => {
    if (current.stopFor === 'cancel') return forget(id, 'cancelled');
    if (why !== null) return jobs.change(id, failedWith(why));
    if (current.stopFor === 'turn') return jobs.change(id, { state: { kind: 'waiting' } });
    return jobs.change(id, { state: { kind: 'paused' } });
  };

  const perform = async (job: Job): Promise<void> => {
    await jobs.change(job.id, { state: { kind: job.state.kind === 'saving' ? 'saving' : 'moving' } });
    if (job.to === 'server') return putBack(job);
    const items: JobItem[] = [...job.items];
    for (const [index, item] of items.entries()) {
      if (item.copyId !== null) continue;
      items[index] = await copy(job, item, index);
      await jobs.change(job.id, { items: [...items] });
    }
    if (job.to === 'browser') return finish(job.id, items);
    await save(job, items);
  };

  const wayOf = async (job: Job): Promise<{ source: TransferSource; server: Reached }> => {
    const source = sourceOf(job.notebookId);
    const server = source === null ? null : await source.reach(false);
    if (source === null || server === null) throw new JobStopped(noWay(source));
    return { source, server };
  };

  const copy = async (job: Job, item: JobItem, index: number): Promise<JobItem> => {
    const { source, server } = await wayOf(job);
    const end = await runTask(`${job.id}-${index}`, (taskId) =>
      tasks.run(
        {
          kind: 'copy',
          taskId,
          server,
          folder: item.folder,
          notebook: source.notebook,
          ...checkpointOf(item),
          ...(item.packages === undefined ? {} : { packages: item.packages }),
          extent: extentFor(item, job.extent),
          purpose: job.to === 'zip' ? 'zip' : job.automatic === undefined ? 'keep' : 'automatic',
          live: liveOf(job, index),
          ...paceOf(job),
        },
        () => source.reach(true),
      ),
    );
    if (end.kind !== 'copied') throw unexpectedEnd(end);
    return { ...item, copyId: end.copyId, checked: end.checked, sizeBytes: end.sizeBytes };
  };

  const putBack = async (job: Job): Promise<void> => {
    const [item] = job.items;
    if (item?.copyId === undefined || item.copyId === null)
      throw new JobStopped({ kind: 'copy-damaged', name: item?.name ?? '' });
    const { source, server } = await wayOf(job);
    const { copyId, folder } = item;
    const end = await runTask(job.id, (taskId) =>
      tasks.run({ kind: 'restore', taskId, server, copyId, folder, occupied: job.occupied }, () =>
        source.reach(true),
      ),
    );
    if (end.kind !== 'restored') throw unexpectedEnd(end);
    const { checked, sizeBytes, asideAs } = end;
    await jobs.change(job.id, { state: { kind: 'done', checked, sizeBytes, asideAs } });
  };

  /** Runs a task to an end that is worth going on from. */
  const runTask = async (taskId: string, run: (taskId: string) => Promise<TaskEnd>): Promise<TaskEnd> => {
    if (current.stopFor !== null) throw new JobStopped(null);
    current.taskId = taskId;
    const end = await run(taskId);
    if (end.kind !== 'zipped') await tasks.release(taskId);
    if (end.kind === 'stopped') throw new JobStopped(null);
    if (end.kind === 'failed') throw new JobStopped(await asFailure(end.why));
    // It ended well just when the user stopped it: nothing more is begun.
    if (end.kind === 'zipped' && current.stopFor !== null) {
      await tasks.release(taskId);
      throw new JobStopped(null);
    }
    return end;
  };

  const zipJob = createJobZip(tasks, zips, lives, runTask, () => current.stopFor !== null);

  /** With what the worker does not know: what could be taken instead, and whether a page is there to show the way. */
  const asFailure = async (why: TaskFailure): Promise<JobFailure> => {
    const job = current.jobId === null ? null : jobs.get(current.jobId);
    const source = job === null ? null : sourceOf(job.notebookId);
    if (why.kind === 'changed' || why.kind === 'gone')
      return { ...why, next: source?.nextGood(why.name) ?? null };
    const isLost = why.kind === 'server' && source !== null && (await source.reach(false)) === null;
    return isLost ? noWay(source) : why;
  };

  /** An archive that is on its way from the first copy on; not where some were here before. */
  const liveOf = (job: Job, place: number): CopyTask['live'] => {
    if (job.to !== 'zip' || !lives.isPossible) return null;
    const copies = job.items.map(({ name, form }) => ({ name, form }));
    return { id: job.id, fileName: zipName(copies.map(({ name }) => name)), copies, place };
  };

  const save = async (job: Job, items: readonly JobItem[]): Promise<void> => {
    if (await zips.isSaved(job)) return finish(job.id, items, job.download?.sizeBytes);
    await jobs.change(job.id, { state: { kind: 'saving' } });
    const copyIds = items.flatMap(({ copyId }) => copyId ?? []);
    const sizeBytes = await zipJob(job.id, zipName(items.map(({ name }) => name)), copyIds);
    await takeAwayTemporary(vault, copyIds);
    await finish(job.id, items, sizeBytes);
  };

  const finish = async (id: string, items: readonly JobItem[], zipBytes?: number): Promise<void> => {
    const checked = items.every((item) => item.checked === 'verified') ? 'verified' : 'size-checked';
    const sizeBytes = zipBytes ?? items.reduce((sum, item) => sum + (item.sizeBytes ?? 0), 0);
    await jobs.change(id, { state: { kind: 'done', checked, sizeBytes, asideAs: null } });
  };

  const forget = async (id: string, why: 'cancelled' | 'dismissed'): Promise<void> => {
    const job = jobs.get(id);
    if (job !== null) await takeAwayOf(vault, job, jobs.all(), why);
    await jobs.remove(id);
  };

  const goOn = async (id: string): Promise<void> => {
    const job = jobs.get(id);
    if (job === null || (job.state.kind !== 'paused' && job.state.kind !== 'failed')) return;
    await jobs.change(id, { state: { kind: 'waiting' }, download: null });
    void next();
  };

  const stopCurrent = async (id: string, stopFor: 'pause' | 'cancel' | 'turn'): Promise<boolean> => {
    if (current.jobId !== id) return false;
    current.stopFor = stopFor;
    if (current.taskId !== null) tasks.stop(current.taskId);
    const download = jobs.get(id)?.download ?? null;
    if (download !== null) await stopDownload(download.id);
    return true;
  };

  return {
    async resume() {
      await jobs.ready;
      await takeAwayOrphans(vault, jobs.all());
      void next();
    },
    async ask(wish) {
      await jobs.ready;
      const job: Job = {
        ...wish,
        id: crypto.randomUUID(),
        createdAt: now(),
        occupied: 'ask',
        state: { kind: 'waiting' },
        download: null,
      };
      const same = jobs.all().find((other) => !isOver(other) && isSameWish(other, job));
      if (same !== undefined) return same.state.kind === 'paused' ? goOn(same.id) : undefined;
      await jobs.add(job);
      const atWork = current.jobId === null ? null : jobs.get(current.jobId);
      // Nobody waits for what is made by itself.
      if (atWork?.automatic !== undefined && job.automatic === undefined)
        await stopCurrent(atWork.id, 'turn');
      void next();
    },
    async pause(id) {
      if (await stopCurrent(id, 'pause')) return;
      const job = jobs.get(id);
      if (job !== null && !isOver(job)) await jobs.change(id, { state: { kind: 'paused' } });
    },
    goOn,
    async moveAside(id) {
      const state = jobs.get(id)?.state;
      if (state?.kind !== 'failed' || state.why.kind !== 'in-the-way') return;
      await jobs.change(id, { occupied: 'move-aside' });
      await goOn(id);
    },
    async anew(id, mostBytesPerSecond) {
      const automatic = jobs.get(id)?.automatic;
      if (automatic === undefined) return;
      await jobs.change(id, { automatic: { ...automatic, mostBytesPerSecond } });
      if (await stopCurrent(id, 'turn')) return;
      if (jobs.get(id)?.state.kind === 'paused') await jobs.change(id, { state: { kind: 'waiting' } });
      void next();
    },
    async cancel(id) {
      if (!(await stopCurrent(id, 'cancel'))) await forget(id, 'cancelled');
    },
    async dismiss(id) {
      const job = jobs.get(id);
      if (job !== null && isOver(job))
        await (job.state.kind === 'failed' ? forget(id, 'dismissed') : jobs.remove(id));
    },
    async show(id) {
      const download = jobs.get(id)?.download ?? null;
      return download !== null && showDownload(download.id);
    },
    taskOf: (id) => (current.jobId === id ? current.taskId : null),
  };
};

/** The way to a server leads through the page; an open page whose ways don't answer is not to blame. */
const noWay = (source: TransferSource | null): JobFailure =>
  source?.isOpen() === true ? { kind: 'server', trouble: { kind: 'no-server' } } : { kind: 'page-not-open' };

const paceOf = ({ automatic }: Job): Pick<CopyTask, 'pace'> =>
  automatic === undefined ? {} : { pace: { mostBytesPerSecond: automatic.mostBytesPerSecond } };

const failedWith = (why: JobFailure): Pick<Job, 'state'> => ({ state: { kind: 'failed', why } });
