import type { PopupAction, PopupActionReply } from '../protocol/popup-transport.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import { DONE, refused } from './action-reply.ts';
import type { Copies } from './copies.ts';
import { isOver } from './job.ts';
import { itemOfCopy, itemOfFolder } from './job-items.ts';
import type { JobStore } from './job-store.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';
import { isFrom } from './shown-copies.ts';
import type { TransferDesk } from './transfer-desk.ts';

export type CopyAction = Extract<PopupAction, { copyId: string }>;

/** What the user can ask of a copy in this browser, whichever notebook it is of. */
export const createCopyActions = (
  store: NotebookStore,
  jobs: JobStore,
  transfers: Pick<TransferDesk, 'ask'>,
  copies: Copies,
  vault: Vault,
  servers: Pick<ServerDesk, 'known'>,
): ((action: CopyAction) => Promise<PopupActionReply>) => {
  /** Whether a job reads a copy, or writes it. */
  const isAtWork = (copyId: string, copy: CopyRecord | null): boolean =>
    jobs.all().some((job) => {
      if (isOver(job)) return false;
      const writes = copy?.state === 'copying' && job.to !== 'server' && job.extent === copy.extent;
      return job.items.some(
        (item) =>
          item.copyId === copyId || (writes && item.copyId === null && item.folder === copy.from.folder),
      );
    });

  const remove = async (copyId: string): Promise<PopupActionReply> => {
    if (isAtWork(copyId, await vault.read(copyId))) return refused('in-use');
    await vault.remove(copyId);
    copies.changed();
    return DONE;
  };

  /** Copied anew, it goes on where it broke off; if its source is another by now, from the beginning. */
  const finish = async (notebookId: string, copy: CopyRecord): Promise<PopupActionReply> => {
    const notebook = store.get(notebookId);
    if (copy.state === 'whole' || notebook === null || !isFrom(copy, servers.known(notebook)))
      return refused('not-there');
    const item = { ...itemOfCopy(copy), copyId: null, checked: null };
    await transfers.ask({ notebookId, extent: copy.extent, to: 'browser', items: [item] });
    return DONE;
  };

  const send = async (
    notebookId: string,
    copy: CopyRecord,
    to: 'zip' | 'server',
    folder: string | null,
  ): Promise<PopupActionReply> => {
    if (copy.state !== 'whole') return refused('not-there');
    const into = folder === null ? copy.from.folder : itemOfFolder(folder)?.folder;
    if (into === undefined) return refused('folder-not-found');
    const item = { ...itemOfCopy(copy), folder: into };
    await transfers.ask({ notebookId, extent: copy.extent, to, items: [item] });
    return DONE;
  };

  return async (action) => {
    const { copyId, notebookId } = action;
    if (action.kind === 'remove-copy') return remove(copyId);
    const copy = await vault.read(copyId);
    if (copy === null) return refused('not-there');
    switch (action.kind) {
      case 'finish-copy':
        return finish(notebookId, copy);
      case 'zip-copy':
        return send(notebookId, copy, 'zip', null);
      case 'restore-copy':
        return send(notebookId, copy, 'server', action.folder);
      default:
        return action satisfies never;
    }
  };
};
