import type { Vault } from '../vault/vault.ts';
import { isOver, type Job } from './job.ts';
import type { FolderWatch } from './folder-watch.ts';
import { itemOfCopy } from './job-items.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import type { TransferDesk } from './transfer-desk.ts';

/** Puts copies back for recoveries, and tells them how it went. */
export interface RestoreHand {
  restore(id: string, copyId: string): Promise<void>;
  /** A job is over, or was cancelled. */
  over(job: Job): Promise<void>;
}

export const createRestoreHand = (
  store: Pick<NotebookStore, 'get'>,
  vault: Vault,
  transfers: Pick<TransferDesk, 'ask'>,
  recovery: Pick<RecoveryDesk, 'restored'>,
  looks: Pick<FolderWatch, 'settle'>,
): RestoreHand => ({
  async restore(id, copyId) {
    const copy = await vault.read(copyId);
    if (copy?.state !== 'whole') return recovery.restored(id, copyId, 'no-copy');
    const folder = store.get(id)?.run?.folder;
    const parent = folder?.kind === 'known' ? folder.onServer : null;
    const into = parent === null ? copy.from.folder : parent === '' ? copy.name : `${parent}/${copy.name}`;
    const item = { ...itemOfCopy(copy), folder: into };
    await transfers.ask({ notebookId: id, extent: copy.extent, to: 'server', items: [item] });
  },
  async over(job) {
    const copyId = job.items[0]?.copyId ?? null;
    if (job.to !== 'server' || copyId === null) return;
    const why = job.state.kind === 'done' ? null : isOver(job) ? 'restore-failed' : 'restore-cancelled';
    // To be called whole it is seen twice, a second apart: while the setup cells run, that second costs nobody anything.
    if (why === null) void looks.settle(job.notebookId);
    await recovery.restored(job.notebookId, copyId, why);
  },
});
