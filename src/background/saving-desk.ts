import { translate } from '../browser/translate.ts';
import { sourceHash } from '../core/recovery/cell-title.ts';
import type { PresetName, Saving } from '../core/saving/saving.ts';
import { writeSettingsCell } from '../core/saving/settings-cell.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import type { SavingView } from '../protocol/saving-view.ts';
import { DONE, refused } from './action-reply.ts';
import type { KnownCopy } from './copies.ts';
import { createInTurn } from './in-turn.ts';
import { hasCells, type Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { putOwnCell, takeOwnCell } from './own-cells.ts';
import { readCells } from './page-link.ts';
import { savingSite } from './saving-site.ts';
import { savingWords } from './saving-words.ts';

export interface SavingDesk {
  /** What can be chosen for the next run; `null` while one trains, is lost or goes on, and where no Trainer is seen. */
  view(notebook: Notebook, cells: readonly CellSource[], copies: readonly KnownCopy[]): SavingView | null;
  /** Puts the cell above the training cell, or gives the one that is there the new text. It is not run. */
  apply(id: string, preset: PresetName, saving: Saving): Promise<PopupActionReply>;
  /** Takes the cell away again, unless somebody has written in it. */
  undo(id: string): Promise<PopupActionReply>;
}

/** Sets how the next run saves, by a cell that everybody can read. */
export const createSavingDesk = (store: NotebookStore): SavingDesk => {
  const inTurn = createInTurn();

  const apply: SavingDesk['apply'] = async (id, preset, saving) => {
    const record = store.get(id);
    if (record === null || !record.present) return refused('page-not-there');
    const site = savingSite(record, await readCells(record));
    if (site === null || site.place.kind !== 'above') return refused('not-there');
    const { trainer } = site.place;
    const text = writeSettingsCell(trainer, saving, savingWords(translate, trainer, saving));
    const put = await putOwnCell(record, record.settingsCell, { side: 'above', cellId: site.cellId }, text);
    if (!put.ok) return refused(put.failure === 'cell-not-found' ? 'not-there' : 'page-error');
    store.change(id, (notebook) => ({ ...notebook, settingsCell: { ...put.value, preset, saving } }));
    return DONE;
  };

  const undo: SavingDesk['undo'] = async (id) => {
    const record = store.get(id);
    if (record === null || record.settingsCell === null) return refused('not-inserted');
    const taken = await takeOwnCell(record, record.settingsCell);
    if (taken !== 'done') return refused(taken);
    store.change(id, (notebook) => ({ ...notebook, settingsCell: null }));
    return DONE;
  };

  return {
    view(notebook, cells, copies) {
      const phase = notebook.run?.phase.kind ?? null;
      const goesOn = notebook.recovery !== null && notebook.recovery.status !== 'done';
      if (goesOn || phase === 'training' || phase === 'lost') return null;
      const site = savingSite(notebook, cells);
      if (site === null) return null;
      const { place, maxSteps } = site;
      const canInsert = notebook.canInsert && hasCells(notebook);
      return {
        way: place.kind === 'arguments' ? 'arguments' : canInsert ? 'insert' : 'lines',
        trainer: place.kind === 'above' ? place.trainer : null,
        className: place.kind === 'arguments' ? place.className : null,
        maxSteps,
        checkpointBytes: sizeBefore(notebook, copies),
        inserted: insertedIn(notebook, cells),
      };
    },
    apply: (id, preset, saving) => inTurn(id, () => apply(id, preset, saving)),
    undo: (id) => inTurn(id, () => undo(id)),
  };
};

/** A cell that the user wrote in, or took away, is not ours any more. */
const insertedIn = (
  { settingsCell, setup }: Notebook,
  cells: readonly CellSource[],
): SavingView['inserted'] => {
  if (settingsCell === null) return null;
  const { cellId, source, preset, saving } = settingsCell;
  if (!cells.some((cell) => cell.id === cellId && cell.source === source)) return null;
  const hash = sourceHash(source);
  return { preset, saving, ran: setup.runs.some((run) => run.cellId === cellId && run.hash === hash) };
};

/** The newest whole checkpoint of the run before, or the newest whole copy of all of one. */
const sizeBefore = ({ run }: Notebook, copies: readonly KnownCopy[]): number | null => {
  const seen = run?.checkpoints.findLast(({ integrity }) => integrity.kind === 'complete')?.sizeBytes ?? null;
  if (seen !== null) return seen;
  const kept = copies
    .map(({ view }) => view)
    .filter(
      ({ extent, state }) => extent === 'everything' && (state === 'verified' || state === 'size-checked'),
    );
  return kept.toSorted((one, other) => other.keptAt - one.keptAt)[0]?.sizeBytes ?? null;
};
