import { fail, ok, type Result } from '../core/result.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { InsertFailure } from '../protocol/insert-failure.ts';
import type { PageCommandReply } from '../protocol/page-command.ts';
import type { PopupActionReply } from '../protocol/popup-transport.ts';
import { DONE, refused } from './action-reply.ts';
import type { Notebook, OwnCell } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { askPage, readCells } from './page-link.ts';

/** Where a cell of ours belongs. `cellId` is the neighbour's; `null`: the notebook does not name it. */
export interface OwnPlace {
  readonly side: 'above' | 'below';
  readonly cellId: string | null;
}

export type TakenAway = 'done' | 'cell-was-edited' | 'page-not-there' | 'page-error';

/**
 * Puts a cell of ours into the notebook and reads it back. The one that `before` tells of gets the new text while nobody has
 * written in it; else, and where it is gone, a new one is inserted. Done twice it does nothing twice.
 *
 * The caller keeps what it returns, and does one thing after another for each notebook (`in-turn.ts`).
 */
export const putOwnCell = async (
  record: Notebook,
  before: OwnCell | null,
  place: OwnPlace,
  text: string,
): Promise<Result<OwnCell, InsertFailure>> => {
  const cells = await readCells(record);
  const mine = before === null ? undefined : cells.find(({ id }) => id === before.cellId);
  if (mine?.source === text) return ok({ cellId: mine.id, source: text });
  const reply =
    mine !== undefined && mine.source === before?.source
      ? await askPage(record, {
          kind: 'replace-source',
          path: record.path,
          cellId: mine.id,
          expected: mine.source,
          source: text,
        })
      : await insertUnlessThere(record, cells, place, text);
  if (reply.kind === 'done') return ok({ cellId: reply.cellId, source: text });
  return fail(reply.kind === 'failed' && isInsertFailure(reply.reason) ? reply.reason : 'page-error');
};

/** Takes a cell of ours away again, unless somebody has written in it. One that is gone already is `done`. */
export const takeOwnCell = async (record: Notebook, { cellId, source }: OwnCell): Promise<TakenAway> => {
  const reply = await askPage(record, {
    kind: 'remove-cell',
    path: record.path,
    cellId,
    expected: source,
  });
  if (reply.kind !== 'failed' || reply.reason === 'cell-not-found') return 'done';
  if (reply.reason === 'cell-was-edited') return 'cell-was-edited';
  return reply.reason === 'no-answer' ? 'page-not-there' : 'page-error';
};

/** What an Undo in the popup does: takes a cell of ours away as above, and out of the record. */
export const undoOwnCell = async (
  store: NotebookStore,
  id: string,
  which: 'askCell' | 'settingsCell',
): Promise<PopupActionReply> => {
  const record = store.get(id);
  const cell = record?.[which] ?? null;
  if (record === null || cell === null) return refused('not-inserted');
  const taken = await takeOwnCell(record, cell);
  if (taken !== 'done') return refused(taken);
  store.change(id, (notebook) => ({ ...notebook, [which]: null }));
  return DONE;
};

/** A cell with the very same text right there is ours from before: a second one would help nobody. */
const insertUnlessThere = async (
  record: Notebook,
  cells: readonly CellSource[],
  { side, cellId }: OwnPlace,
  text: string,
): Promise<PageCommandReply> => {
  const at = cells.findIndex(({ id }) => id === cellId);
  if (cellId === null || at < 0) return { kind: 'failed', reason: 'cell-not-found' };
  const there = cells[side === 'above' ? at - 1 : at + 1];
  if (there?.source === text) return { kind: 'done', cellId: there.id };
  return askPage(record, { kind: `insert-${side}`, path: record.path, cellId, source: text });
};

const isInsertFailure = (reason: string): reason is InsertFailure =>
  reason === 'not-read-back' || reason === 'cell-not-found' || reason === 'read-only';
