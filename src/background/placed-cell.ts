import type { PageCommandReply } from '../protocol/page-command.ts';
import type { Notebook } from './notebook.ts';
import { askPage } from './page-link.ts';

/** A cell as it was put into a notebook: what must still stand there before it is changed or taken away. */
export interface PlacedCell {
  readonly cellId: string;
  readonly source: string;
}

type Cells = readonly { readonly id: string; readonly source: string }[];

/**
 * Puts a text into the notebook: into the cell that was put there before, unless somebody has written in it, else into a new
 * one directly below another. The page reads back what it wrote.
 *
 * @param cells The notebook's code cells as they stand now.
 * @param below The cell it belongs under.
 */
export const placeCell = async (
  record: Notebook,
  cells: Cells,
  before: PlacedCell | null,
  below: string | null,
  text: string,
): Promise<PageCommandReply> => {
  const mine = before === null ? undefined : cells.find(({ id }) => id === before.cellId);
  if (mine?.source === text) return { kind: 'done', cellId: mine.id };
  return mine !== undefined && mine.source === before?.source
    ? askPage(record, {
        kind: 'replace-source',
        path: record.path,
        cellId: mine.id,
        expected: mine.source,
        source: text,
      })
    : insertUnlessThere(record, cells, below, text);
};

/** A cell with the very same text directly below is ours from before: a second one would help nobody. */
const insertUnlessThere = async (
  record: Notebook,
  cells: Cells,
  below: string | null,
  text: string,
): Promise<PageCommandReply> => {
  const at = cells.findIndex(({ id }) => id === below);
  if (below === null || at < 0) return { kind: 'failed', reason: 'cell-not-found' };
  const next = cells[at + 1];
  if (next?.source === text) return { kind: 'done', cellId: next.id };
  return askPage(record, { kind: 'insert-below', path: record.path, cellId: below, source: text });
};

export type Taken = 'done' | 'cell-was-edited' | 'not-inserted' | 'page-not-there' | 'page-error';

/** Takes a cell away again, unless somebody has written in it. One that is not there any more is taken away. */
export const takeCell = async (record: Notebook, { cellId, source }: PlacedCell): Promise<Taken> => {
  const reply = await askPage(record, { kind: 'remove-cell', path: record.path, cellId, expected: source });
  if (reply.kind !== 'failed' || reply.reason === 'cell-not-found') return 'done';
  if (reply.reason === 'cell-was-edited') return 'cell-was-edited';
  return reply.reason === 'no-answer' ? 'page-not-there' : 'page-error';
};

export type PlaceFailure = NonNullable<Notebook['insertFailure']>;

/** Why a text could not be placed; `null`: it was. */
export const placeFailure = (reply: PageCommandReply): PlaceFailure | null => {
  if (reply.kind === 'done') return null;
  const reason = reply.kind === 'failed' ? reply.reason : 'page-error';
  return reason === 'not-read-back' || reason === 'cell-not-found' || reason === 'read-only'
    ? reason
    : 'page-error';
};
