import { newestGood } from '../core/checkpoint/newest-good.ts';
import type { Reached } from '../protocol/transfer-message.ts';
import type { ReachedServer } from '../runtime/colab-routes.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';
import type { TransferSource } from './transfer-desk.ts';

/** What a transfer has to know of a notebook; `null` for one that nobody remembers. */
export const transferSource = (
  store: NotebookStore,
  servers: ServerDesk,
  notebookId: string,
): TransferSource | null => {
  const notebook = store.get(notebookId);
  if (notebook === null) return null;
  return {
    notebook: { id: notebook.id, name: notebook.name },
    isOpen: () => store.get(notebookId)?.present ?? false,
    reach: async (anew) => {
      const server = await servers.reach(store.get(notebookId) ?? notebook, anew);
      return server === null ? null : plain(server);
    },
    nextGood: (name) => {
      const others = store
        .get(notebookId)
        ?.run?.checkpoints.filter((each) => !each.gone && each.name !== name);
      return newestGood(others ?? []).good?.name ?? null;
    },
  };
};

const plain = ({ address, access: { token, proof } }: ReachedServer): Reached => ({
  address,
  access: {
    ...(token === undefined ? {} : { token }),
    ...(proof === undefined ? {} : { proof: { ...proof } }),
  },
});
