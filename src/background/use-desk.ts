import { isHoldfastCell } from '../core/recovery/holdfast-cell.ts';
import { checkpointPath } from '../core/run/output-folder.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { UseSort } from '../protocol/use-view.ts';
import { createInTurn } from './in-turn.ts';
import { hasCells, type Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { readCells } from './page-link.ts';
import { putOwnCell, takeOwnCell, type TakenAway } from './own-cells.ts';
import type { ServerDesk } from './server-desk.ts';
import type { TrainingReader } from './training-reading.ts';
import { composeUse } from './use-text.ts';
import type { Use } from './uses.ts';

export interface UseDesk {
  /**
   * Inserts the cell that loads a checkpoint, or with several names the one that compares them, or brings the one that is
   * there up to date. It is never run from here.
   */
  insert(id: string, names: readonly string[]): Promise<void>;
  /** Takes the inserted cell away again, unless somebody has written in it. */
  undo(id: string, sort: UseSort): Promise<TakenAway | 'not-inserted'>;
}

/** Writes, inserts and takes away the cells that use checkpoints. */
export const createUseDesk = (store: NotebookStore, servers: ServerDesk, reader: TrainingReader): UseDesk => {
  const remember = (id: string, sort: UseSort, use: Use | null): void =>
    void store.change(id, (notebook) => ({ ...notebook, uses: { ...notebook.uses, [sort]: use } }));

  const insert = async (id: string, names: readonly string[]): Promise<void> => {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null || names.length === 0) return;
    const sort: UseSort = names.length === 1 ? 'one' : 'compare';
    // From the earliest to the last, as they are read from left to right.
    const chosen = run.checkpoints.filter(({ name, gone }) => !gone && names.includes(name));
    const ordered = chosen.toSorted((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity));
    const cells = hasCells(record) ? await readCells(record) : record.heard;
    const text =
      chosen.length < names.length
        ? ({ ok: false, failure: 'not-on-disk' } as const)
        : await composeUse(servers, reader, record, run, cells, ordered);
    if (!text.ok) {
      const path = run.folder.kind === 'unknown' ? '' : checkpointPath(run.folder.asWritten, names[0] ?? '');
      const state = { kind: 'impossible', reason: text.failure, path } as const;
      return remember(id, sort, { names, state });
    }
    const about = ordered.map(({ name }) => name);
    remember(id, sort, { names: about, state: await put(record, cells, sort, run.cellId, text.value) });
  };

  const undo: UseDesk['undo'] = async (id, sort) => {
    const record = store.get(id);
    const state = record?.uses[sort]?.state ?? null;
    if (record === null || state?.kind !== 'inserted') return 'not-inserted';
    const taken = await takeOwnCell(record, state);
    if (taken === 'done') remember(id, sort, null);
    return taken;
  };

  const inTurn = createInTurn();
  return {
    insert: (id, names) => inTurn(id, () => insert(id, names)),
    undo: (id, sort) => inTurn(id, () => undo(id, sort)),
  };
};

const put = async (
  record: Notebook,
  cells: readonly CellSource[],
  sort: UseSort,
  trainingCellId: string | null,
  text: string,
): Promise<Use['state']> => {
  if (!record.canInsert) return { kind: 'copy', text };
  const before = record.uses[sort]?.state ?? null;
  const mine = before?.kind === 'inserted' ? before : null;
  const place = { side: 'below', cellId: placeBelow(cells, trainingCellId) } as const;
  const written = await putOwnCell(record, mine, place, text);
  return written.ok
    ? { kind: 'inserted', ...written.value }
    : { kind: 'failed', reason: written.failure, text };
};

/** The training cell, or the last of the cells that Holdfast put under it; where it is gone, the last cell of the notebook. */
const placeBelow = (cells: readonly CellSource[], trainingCellId: string | null): string | null => {
  const at = cells.findIndex(({ id }) => id === trainingCellId);
  if (at < 0) return cells.at(-1)?.id ?? null;
  const after = cells.slice(at + 1);
  const own = after.findIndex(({ source }) => !isHoldfastCell(source));
  return cells[at + (own < 0 ? after.length : own)]?.id ?? null;
};
