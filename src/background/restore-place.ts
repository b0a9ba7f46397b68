import type { RestorePlace } from '../protocol/background-message.ts';
import { folderOf } from '../runtime/own-paths.ts';
import type { CopyRecord } from '../vault/copy-record.ts';
import type { Notebook } from './notebook.ts';
import { isColab, placeOf } from './colab-site.ts';

/**
 * Where a copy of another notebook would be put back, relative to the root of this one's server: among this one's own
 * checkpoints; where they are not known, where it lay; and where that means nothing (Colab's root is the machine's, Jupyter's
 * a folder), beside this notebook.
 */
export const folderForCopy = (notebook: Notebook, { name, from, notebook: of }: CopyRecord): string => {
  const { origin, run } = notebook;
  if (run?.folder.kind === 'known') return joined(run.folder.onServer, name);
  if (isColab(origin) === isColab(of.id)) return from.folder;
  return joined(folderOf(placeOf(notebook).notebookPath), name);
};

const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Where a checkpoint can be put back: beside the run's own, or in the folder of the notebook. */
export const restorePlace = (notebook: Notebook | null): RestorePlace | null => {
  if (notebook === null) return null;
  const { id, name, origin, baseUrl, run } = notebook;
  const folder =
    run?.folder.kind === 'known' ? run.folder.onServer : folderOf(placeOf(notebook).notebookPath);
  return { notebook: { id, name }, origin, basePath: baseUrl, folder };
};
