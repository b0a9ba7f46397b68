import { sourceHash } from '../core/recovery/cell-title.ts';
import { WATCH_FOLDER } from '../core/reach/watch-cell.ts';
import { locateFolder } from '../core/run/output-folder.ts';
import { placeOf } from './colab-site.ts';
import type { Notebook } from './notebook.ts';

/** Our folder, beside the notebook: as the server's file list has it, and as the kernel does. */
export interface AskFolder {
  readonly onServer: string;
  readonly inKernel: string;
}

/** `null`: it would lie where the server shows nothing. */
export const askFolder = (record: Pick<Notebook, 'origin' | 'path' | 'serverRoot'>): AskFolder | null => {
  const { notebookPath, serverRoot } = placeOf(record);
  const place = locateFolder(WATCH_FOLDER, 'user', notebookPath, serverRoot);
  if (place.kind !== 'known') return null;
  // A notebook may have changed its folder before the cell runs; where the root is known, that does not matter.
  const inKernel = serverRoot === null ? WATCH_FOLDER : `${serverRoot.replace(/\/+$/, '')}/${place.onServer}`;
  return { onServer: place.onServer, inKernel };
};

/** Whether the cell that takes wishes has run in the present life of the kernel, as it was put there. */
export const hasRun = ({ askCell, setup }: Pick<Notebook, 'askCell' | 'setup'>): boolean => {
  if (askCell === null) return false;
  const hash = sourceHash(askCell.source);
  return setup.runs.some((run) => run.cellId === askCell.cellId && run.hash === hash);
};
