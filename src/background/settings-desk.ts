import { translate } from '../browser/translate.ts';
import { sourceHash } from '../core/recovery/cell-title.ts';
import type { PresetName, SaveSettings } from '../core/save-settings/save-settings.ts';
import { writeSettingsCell } from '../core/save-settings/settings-cell.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import type { SaveSettingsView } from '../protocol/save-settings-view.ts';
import { DONE, refused } from './action-reply.ts';
import type { KnownCopy } from './copies.ts';
import { createInTurn } from './in-turn.ts';
import { hasCells, type Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { putOwnCell, undoOwnCell } from './own-cells.ts';
import { readCells } from './page-link.ts';
import { settingsSite } from './settings-site.ts';
import { settingsWords } from './settings-words.ts';

export interface SettingsDesk {
  /** What can be chosen for the next run; `null` while one trains, is lost or goes on, and where no Trainer is seen. */
  view(
    notebook: Notebook,
    cells: readonly CellSource[],
    copies: readonly KnownCopy[],
  ): SaveSettingsView | null;
  /** Puts the cell above the training cell, or gives the one that is there the new text. It is not run. */
  apply(id: string, preset: PresetName, settings: SaveSettings): Promise<PopupActionReply>;
  /** Takes the cell away again, unless somebody has written in it. */
  undo(id: string): Promise<PopupActionReply>;
}

/** Sets how the next run saves, by a cell that everybody can read. */
export const createSettingsDesk = (store: NotebookStore): SettingsDesk => {
  const inTurn = createInTurn();

  const apply: SettingsDesk['apply'] = async (id, preset, settings) => {
    const record = store.get(id);
    if (record === null || !record.present) return refused('page-not-there');
    const site = settingsSite(record, await readCells(record));
    if (site === null || site.place.kind !== 'above') return refused('not-there');
    const { trainer } = site.place;
    const text = writeSettingsCell(trainer, settings, settingsWords(translate, trainer, settings));
    const put = await putOwnCell(record, record.settingsCell, { side: 'above', cellId: site.cellId }, text);
    if (!put.ok) return refused(put.failure === 'cell-not-found' ? 'not-there' : 'page-error');
    store.change(id, (notebook) => ({ ...notebook, settingsCell: { ...put.value, preset, settings } }));
    return DONE;
  };

  return {
    view(notebook, cells, copies) {
      const phase = notebook.run?.phase.kind ?? null;
      const goesOn = notebook.recovery !== null && notebook.recovery.status !== 'done';
      if (goesOn || phase === 'training' || phase === 'lost') return null;
      const site = settingsSite(notebook, cells);
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
    apply: (id, preset, settings) => inTurn(id, () => apply(id, preset, settings)),
    undo: (id) => inTurn(id, () => undoOwnCell(store, id, 'settingsCell')),
  };
};

/** A cell that the user wrote in, or took away, is not ours any more. */
const insertedIn = (
  { settingsCell, setup }: Notebook,
  cells: readonly CellSource[],
): SaveSettingsView['inserted'] => {
  if (settingsCell === null) return null;
  const { cellId, source, preset, settings } = settingsCell;
  if (!cells.some((cell) => cell.id === cellId && cell.source === source)) return null;
  const hash = sourceHash(source);
  return { preset, settings, ran: setup.runs.some((run) => run.cellId === cellId && run.hash === hash) };
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
