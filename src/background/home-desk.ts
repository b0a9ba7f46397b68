import { downloadState } from '../browser/downloads.ts';
import type { HomeView } from '../protocol/home-view.ts';
import type { PopupAction, PopupActionReply } from '../protocol/popup-transport.ts';
import type { Vault } from '../vault/vault.ts';
import { DONE, refused } from './action-reply.ts';
import type { Copies, KnownCopy } from './copies.ts';
import { createCopyActions } from './copy-actions.ts';
import { extentOfAll, type Job } from './job.ts';
import { itemOfFolder, itemsOfRun } from './job-items.ts';
import type { JobStore } from './job-store.ts';
import { jobView } from './job-view.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';
import { shownCopies } from './shown-copies.ts';
import type { TaskRunner } from './task-runner.ts';
import type { TransferDesk } from './transfer-desk.ts';

export type HomeAction = Extract<
  PopupAction,
  {
    kind:
      | 'bring-home'
      | 'zip-folder'
      | 'zip-copy'
      | 'finish-copy'
      | 'restore-copy'
      | 'remove-copy'
      | 'pause-job'
      | 'resume-job'
      | 'cancel-job'
      | 'dismiss-job'
      | 'show-job'
      | 'move-aside-job';
  }
>;

export interface HomeDesk {
  /** What is under way, and the copies themselves for whoever shows where a checkpoint is. */
  view(notebook: Notebook): Promise<{ readonly home: HomeView; readonly kept: readonly KnownCopy[] }>;
  act(action: HomeAction): Promise<PopupActionReply>;
}

/** What the popup shows and asks about checkpoints on their way home, and about the copies in this browser. */
export const createHomeDesk = (
  store: NotebookStore,
  jobs: JobStore,
  transfers: TransferDesk,
  tasks: TaskRunner,
  copies: Copies,
  vault: Vault,
  servers: Pick<ServerDesk, 'known'>,
  whenCancelled: (job: Job) => void,
): HomeDesk => {
  const actOnCopy = createCopyActions(store, jobs, transfers, copies, vault, servers);

  const view = async (job: Job): Promise<ReturnType<typeof jobView>> => {
    const taskId = transfers.taskOf(job.id);
    const progress = taskId === null ? null : tasks.progress(taskId);
    const saved =
      job.state.kind === 'saving' && job.download !== null ? await downloadState(job.download.id) : null;
    return jobView(job, progress, saved?.kind === 'running' ? saved.bytes : null);
  };

  const cancel = async (job: Job | null): Promise<void> => {
    if (job === null) return;
    await transfers.cancel(job.id);
    whenCancelled(job);
  };

  return {
    async view(notebook) {
      await jobs.ready;
      const own = jobs
        .all()
        .filter(({ notebookId, automatic }) => notebookId === notebook.id && automatic === undefined);
      const kept = await copies.list();
      const home = {
        jobs: await Promise.all(own.toReversed().map(view)),
        ...shownCopies(notebook, servers.known(notebook), kept),
        space: await copies.space(),
      };
      return { home, kept: await copies.ofNotebook(notebook.id) };
    },
    async act(action) {
      switch (action.kind) {
        case 'bring-home': {
          const record = store.get(action.notebookId);
          const items = record === null ? [] : itemsOfRun(record, action.names);
          if (items.length === 0 || items.length < action.names.length) return refused('not-there');
          const extent = extentOfAll(items, action.extent);
          await transfers.ask({ notebookId: action.notebookId, extent, to: action.to, items });
          return DONE;
        }
        case 'zip-folder': {
          const item = itemOfFolder(action.path);
          if (item === null || store.get(action.notebookId) === null) return refused('folder-not-found');
          await transfers.ask({
            notebookId: action.notebookId,
            extent: 'everything',
            to: 'zip',
            items: [item],
          });
          return DONE;
        }
        case 'zip-copy':
        case 'finish-copy':
        case 'restore-copy':
        case 'remove-copy':
          return actOnCopy(action);
        case 'pause-job':
          await transfers.pause(action.jobId);
          return DONE;
        case 'resume-job':
          await transfers.goOn(action.jobId);
          return DONE;
        case 'move-aside-job':
          await transfers.moveAside(action.jobId);
          return DONE;
        case 'cancel-job':
          await cancel(jobs.get(action.jobId));
          return DONE;
        case 'dismiss-job':
          await transfers.dismiss(action.jobId);
          return DONE;
        case 'show-job':
          return (await transfers.show(action.jobId)) ? DONE : refused('not-there');
        default:
          return action satisfies never;
      }
    },
  };
};
