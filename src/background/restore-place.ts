import type { RestorePlace } from '../protocol/background-message.ts';
import { folderOf } from '../runtime/own-paths.ts';
import type { Notebook } from './notebook.ts';
import { placeOf } from './colab-site.ts';

/** Where a checkpoint can be put back: beside the run's own, or in the folder of the notebook. */
export const restorePlace = (notebook: Notebook | null): RestorePlace | null => {
  if (notebook === null) return null;
  const { id, name, origin, baseUrl, run } = notebook;
  const folder =
    run?.folder.kind === 'known' ? run.folder.onServer : folderOf(placeOf(notebook).notebookPath);
  return { notebook: { id, name }, origin, basePath: baseUrl, folder };
};
