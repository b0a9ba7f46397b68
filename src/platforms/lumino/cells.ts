import type { InsertOutcome, PageCell, RemoveOutcome, RunOutcome } from '../platform.ts';
import { call, member, text } from '../foreign-object.ts';
import {
  sharedNotebook,
  type LuminoApplication,
  type NotebookPanel,
  type SharedNotebook,
} from './application.ts';
import { kernelOf } from './panels.ts';

/** `notebook:run-cell` finds its notebook by this argument (`SemanticCommand.WIDGET` of `@jupyterlab/apputils` 4). */
const WIDGET_ARGUMENT = 'semanticWidget';

export const codeCells = (panel: NotebookPanel): readonly PageCell[] =>
  allCells(panel).flatMap((cell) => {
    const id = text(cell, 'id');
    const source = text(cell, 'source');
    return text(cell, 'cell_type') === 'code' && id !== null && source !== null ? [{ id, source }] : [];
  });

/** Inserts as one step of the notebook's own undo history; works for cells that are not drawn, too. */
export const insertCell = (
  panel: NotebookPanel,
  cellId: string,
  side: 'above' | 'below',
  source: string,
): InsertOutcome => {
  const shared = sharedNotebook(panel);
  const neighbour = indexOf(shared, cellId);
  if (shared === null || neighbour < 0) return { kind: 'failed', reason: 'cell-not-found' };
  if (isReadOnly(panel)) return { kind: 'failed', reason: 'read-only' };
  const index = side === 'above' ? neighbour : neighbour + 1;
  separateUndoStep(shared);
  shared.insertCell(index, { cell_type: 'code', source, metadata: {} });
  separateUndoStep(shared);
  const inserted = shared.cells[index];
  const id = text(inserted, 'id');
  return id !== null && text(inserted, 'source') === source
    ? { kind: 'done', cellId: id }
    : { kind: 'failed', reason: 'not-read-back' };
};

/** Changes a cell only while it holds exactly what is expected: a text the user has touched is theirs. */
export const replaceSource = (
  panel: NotebookPanel,
  cellId: string,
  expected: string,
  source: string,
): InsertOutcome => {
  const shared = sharedNotebook(panel);
  const cell = shared?.cells[indexOf(shared, cellId)];
  if (shared === null || cell === undefined || text(cell, 'source') !== expected)
    return { kind: 'failed', reason: 'cell-not-found' };
  if (isReadOnly(panel)) return { kind: 'failed', reason: 'read-only' };
  separateUndoStep(shared);
  call(cell, 'setSource', source);
  separateUndoStep(shared);
  return text(cell, 'source') === source
    ? { kind: 'done', cellId }
    : { kind: 'failed', reason: 'not-read-back' };
};

export const removeCell = (panel: NotebookPanel, cellId: string, expected: string): RemoveOutcome => {
  const shared = sharedNotebook(panel);
  const index = indexOf(shared, cellId);
  if (shared === null || index < 0) return { kind: 'failed', reason: 'cell-not-found' };
  if (text(shared.cells[index], 'source') !== expected) return { kind: 'failed', reason: 'cell-was-edited' };
  if (isReadOnly(panel)) return { kind: 'failed', reason: 'read-only' };
  separateUndoStep(shared);
  shared.deleteCell(index);
  separateUndoStep(shared);
  return indexOf(shared, cellId) < 0 ? { kind: 'done' } : { kind: 'failed', reason: 'not-read-back' };
};

/**
 * Runs one cell through the notebook's own command and puts the user's active cell back. The command takes its cells
 * from the selection at the moment it is called and resolves when they have ended, so it is not waited for.
 */
export const runCell = (app: LuminoApplication, panel: NotebookPanel, cellId: string): RunOutcome => {
  const shared = sharedNotebook(panel);
  const index = indexOf(shared, cellId);
  if (index < 0) return { kind: 'failed', reason: 'cell-not-found' };
  if (text(kernelOf(panel), 'id') === null) return { kind: 'failed', reason: 'no-kernel' };
  const before = member(panel.content, 'activeCellIndex');
  call(panel.content, 'deselectAll');
  Reflect.set(panel.content, 'activeCellIndex', index);
  if (member(panel.content, 'activeCellIndex') !== index) return { kind: 'failed', reason: 'page-error' };
  app.commands
    .execute('notebook:run-cell', { [WIDGET_ARGUMENT]: panel.id, activate: false })
    .catch(() => undefined);
  if (typeof before === 'number' && before !== index) Reflect.set(panel.content, 'activeCellIndex', before);
  return { kind: 'queued' };
};

const allCells = (panel: NotebookPanel): readonly unknown[] => sharedNotebook(panel)?.cells ?? [];

const indexOf = (shared: SharedNotebook | null, cellId: string): number =>
  shared?.cells.findIndex((cell) => text(cell, 'id') === cellId) ?? -1;

const isReadOnly = (panel: NotebookPanel): boolean =>
  member(panel.content, 'model', 'readOnly') === true ||
  member(panel.context, 'contentsModel', 'writable') === false;

/** Yjs joins edits that follow within half a second into one undo step; ours must stand alone. */
const separateUndoStep = (shared: SharedNotebook): void => {
  call(member(shared, 'undoManager'), 'stopCapturing');
};
