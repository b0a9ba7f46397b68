import { call } from '../foreign-object.ts';
import type { RemoveOutcome } from '../platform.ts';
import { cellById, isFunction, notebookObject, soon, type ColabPage } from './notebook-object.ts';
import { hasTool, useTool } from './tool-layer.ts';

const EFFECT_MS = 3000;

/** Takes a cell out, only while it holds exactly what is expected. */
export const removeCell = async (
  page: ColabPage,
  cellId: string,
  expected: string,
): Promise<RemoveOutcome> => {
  const cell = cellById(page, cellId);
  if (cell === null) return { kind: 'failed', reason: 'cell-not-found' };
  if (cell.source !== expected) return { kind: 'failed', reason: 'cell-was-edited' };
  if (hasTool(page, 'delete_cell')) await useTool(page, 'delete_cell', { cellId });
  // Published extensions, 2021–2024.
  else if (isFunction(notebookObject(page), 'removeCells'))
    call(notebookObject(page), 'removeCells', [cell.object]);
  else return { kind: 'failed', reason: 'page-error' };
  const gone = await soon(() => (cellById(page, cellId) === null ? true : null), EFFECT_MS);
  return gone === null ? { kind: 'failed', reason: 'not-read-back' } : { kind: 'done' };
};

export const removeRoutes = (page: ColabPage): readonly string[] => [
  ...(hasTool(page, 'delete_cell') ? ['tool layer'] : []),
  ...(isFunction(notebookObject(page), 'removeCells') ? ['removeCells'] : []),
];
