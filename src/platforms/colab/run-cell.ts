import { call } from '../foreign-object.ts';
import type { RunOutcome } from '../platform.ts';
import { isConnected } from './connection.ts';
import { cellById, executionCount, isBusyCell, isFunction, soon, type ColabPage } from './notebook-object.ts';
import { hasTool, useTool } from './tool-layer.ts';

/** A cell that was sent shows it within this time. */
const EFFECT_MS = 3000;

/**
 * Runs one cell: `manualExecute()` (published projects, 2018–2026), else the tool layer. Only one way is tried: a second
 * one after a first that was only slow would run the cell twice. The run button is never clicked, because on a cell that
 * runs it interrupts.
 */
export const runCell = async (page: ColabPage, cellId: string): Promise<RunOutcome> => {
  const cell = cellById(page, cellId);
  if (cell === null) return { kind: 'failed', reason: 'cell-not-found' };
  // `manualExecute` does nothing while disconnected, and says nothing either.
  if (isConnected(page) === false) return { kind: 'failed', reason: 'no-kernel' };
  if (isBusyCell(cell)) return { kind: 'queued' };
  const count = executionCount(cell);
  if (isFunction(cell.object, 'manualExecute')) call(cell.object, 'manualExecute');
  // Its answer comes when the cell has ended, so it is not waited for.
  else if (hasTool(page, 'run_code_cell')) void useTool(page, 'run_code_cell', { cellId });
  else return { kind: 'failed', reason: 'page-error' };
  const started = await soon(() => {
    const now = cellById(page, cellId);
    return now !== null && (isBusyCell(now) || executionCount(now) !== count) ? true : null;
  }, EFFECT_MS);
  return started === null ? { kind: 'failed', reason: 'page-error' } : { kind: 'queued' };
};

export const runRoutes = (page: ColabPage, anyCell: unknown): readonly string[] => [
  ...(isFunction(anyCell, 'manualExecute') ? ['manualExecute'] : []),
  ...(hasTool(page, 'run_code_cell') ? ['tool layer'] : []),
];
