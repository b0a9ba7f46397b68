import { REACHABLE } from '../core/reach/reach-answer.ts';
import { notebookTraining } from '../core/source/notebook-training.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { AskingView } from '../protocol/asking-view.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import { putWatchModule } from '../runtime/ask-by-file.ts';
import { DONE, refused } from './action-reply.ts';
import { askCellText, askFolder, hasRun, type AskFolder } from './asking-cell.ts';
import { isColab } from './colab-site.ts';
import { createInTurn } from './in-turn.ts';
import { hasCells, type Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { putOwnCell, undoOwnCell } from './own-cells.ts';
import { readCells } from './page-link.ts';
import type { ServerDesk } from './server-desk.ts';

export interface AskingDesk {
  /** `null`: nothing trains here that could be asked, or the notebook has other worries. */
  view(notebook: Notebook, cells: readonly CellSource[]): AskingView | null;
  /** Puts the cell above the training cell, and beside the notebook what it loads. It is not run. */
  apply(id: string): Promise<PopupActionReply>;
  /** Puts only what the cell loads beside the notebook, for a page into which its user has to put the cell. */
  prepare(id: string): Promise<PopupActionReply>;
  /** Takes the cell away again, unless somebody has written in it. */
  undo(id: string): Promise<PopupActionReply>;
}

/** Lets a run be asked for saves where no socket of ours reaches its kernel, by a cell that everybody can read. */
export const createAskingDesk = (store: NotebookStore, servers: ServerDesk): AskingDesk => {
  const inTurn = createInTurn();

  const putModule = async (record: Notebook, folder: AskFolder): Promise<boolean> => {
    const written = await servers.ask(record, ({ address, access }) =>
      putWatchModule({ server: address, folder: folder.onServer, access }),
    );
    return written.ok;
  };

  const apply: AskingDesk['apply'] = async (id) => {
    const record = store.get(id);
    if (record === null || !record.present) return refused('page-not-there');
    const cellId = askableCell(await readCells(record));
    const folder = askFolder(record);
    if (cellId === null || folder === null) return refused('not-there');
    // First what the cell loads: without it the cell would be of no use.
    if (!(await putModule(record, folder))) return refused('no-answer');
    const place = { side: 'above', cellId } as const;
    const put = await putOwnCell(record, record.askCell, place, askCellText(folder));
    if (!put.ok) return refused(put.failure === 'cell-not-found' ? 'not-there' : 'page-error');
    store.change(id, (notebook) => ({ ...notebook, askCell: put.value }));
    return DONE;
  };

  const prepare: AskingDesk['prepare'] = async (id) => {
    const record = store.get(id);
    const folder = record === null ? null : askFolder(record);
    if (record === null || folder === null) return refused('not-there');
    return (await putModule(record, folder)) ? DONE : refused('no-answer');
  };

  return {
    view(notebook, cells) {
      const goesOn = notebook.recovery !== null && notebook.recovery.status !== 'done';
      if (goesOn || notebook.run?.phase.kind === 'lost' || askableCell(cells) === null) return null;
      const folder = askFolder(notebook);
      const canInsert = notebook.canInsert && hasCells(notebook);
      return {
        door: notebook.door,
        canBeAsked: isOpen(notebook) || hasRun(notebook),
        canInsert: canInsert && folder !== null,
        copyText: canInsert || folder === null ? null : askCellText(folder),
        inserted: insertedIn(notebook, cells),
      };
    },
    apply: (id) => inTurn(id, () => apply(id)),
    prepare: (id) => inTurn(id, () => prepare(id)),
    undo: (id) => inTurn(id, () => undoOwnCell(store, id, 'askCell')),
  };
};

/** The cell whose training can be asked: one of the frameworks that we know how to save, in the kernel itself. */
const askableCell = (cells: readonly CellSource[]): string | null => {
  const found = notebookTraining(cells);
  if (found === null || found.training.script !== null) return null;
  const { framework } = found.training;
  return REACHABLE.some((each) => each === framework) ? found.cellId : null;
};

/** Elsewhere than on Colab the page's own line to its kernel is of the same kind as ours. */
const isOpen = ({ door, origin }: Notebook): boolean =>
  door === 'open' || (door === 'unknown' && !isColab(origin));

/** A cell that the user wrote in, or took away, is not ours any more. */
const insertedIn = (notebook: Notebook, cells: readonly CellSource[]): AskingView['inserted'] => {
  const { askCell } = notebook;
  const isThere = cells.some(({ id, source }) => id === askCell?.cellId && source === askCell.source);
  return isThere ? { ran: hasRun(notebook) } : null;
};
