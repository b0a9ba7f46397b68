import { translate } from '../browser/translate.ts';
import { sourceHash } from '../core/recovery/cell-title.ts';
import { WATCH_FOLDER, watchCell } from '../core/reach/watch-cell.ts';
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

/** The cell that takes wishes, for a place. */
export const askCellText = ({ inKernel }: AskFolder): string =>
  watchCell(inKernel, {
    comment: translate('cell_comment_asking', [WATCH_FOLDER]),
    ready: translate('cell_asking_ready'),
    missing: translate('cell_asking_missing', [WATCH_FOLDER]),
  });

/**
 * Whether the cell that takes wishes has run in the present life of the kernel as it was written, be it ours or one that the user
 * made of the text.
 */
export const hasRun = (
  notebook: Pick<Notebook, 'askCell' | 'setup' | 'origin' | 'path' | 'serverRoot'>,
): boolean => {
  const { askCell, setup } = notebook;
  const folder = askFolder(notebook);
  const texts = [
    ...(askCell === null ? [] : [askCell.source]),
    ...(folder === null ? [] : [askCellText(folder)]),
  ];
  const hashes = new Set(texts.map(sourceHash));
  return setup.runs.some(({ hash }) => hashes.has(hash));
};
