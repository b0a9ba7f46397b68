import { chosenFolders } from '../core/run/output-folder.ts';
import type { OutputFolder } from '../core/run/run.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import { stat } from '../runtime/contents.ts';
import { DONE, refused } from './action-reply.ts';
import { placeOf } from './colab-site.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { ServerDesk } from './server-desk.ts';

/** Watches the folder that the user named. One that is not there changes nothing of what is known. */
export const watchChosenFolder = async (
  store: NotebookStore,
  looks: FolderWatch,
  servers: ServerDesk,
  id: string,
  path: string,
): Promise<PopupActionReply> => {
  const record = store.get(id);
  if (record === null || record.run === null) return refused('page-not-there');
  const folder = await firstThere(servers, record, path);
  if (typeof folder === 'string') return refused(folder);
  store.change(id, (notebook) =>
    notebook.run === null
      ? notebook
      : {
          ...notebook,
          lookMemory: null,
          run: { ...notebook.run, folder, baseline: null, checkpoints: [], lookedAt: null },
        },
  );
  await looks.look(id);
  // That may have been a look at the former folder, begun a moment before.
  if (store.get(id)?.run?.lookedAt === null) await looks.look(id);
  return DONE;
};

const firstThere = async (
  servers: ServerDesk,
  record: Notebook,
  path: string,
): Promise<OutputFolder | 'folder-not-found' | 'no-answer'> => {
  const { notebookPath, serverRoot } = placeOf(record);
  let answered = true;
  for (const folder of chosenFolders(path, notebookPath, serverRoot)) {
    const found = await servers.ask(record, ({ address, access }) => stat(address, folder.onServer, access));
    if (found.ok && found.value.kind === 'directory') return folder;
    if (!found.ok && found.failure.kind !== 'not-found') answered = false;
  }
  return answered ? 'folder-not-found' : 'no-answer';
};
