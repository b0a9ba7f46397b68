import { call, member } from '../foreign-object.ts';
import type { InsertOutcome } from '../platform.ts';
import {
  allCells,
  cellById,
  isFunction,
  notebookObject,
  soon,
  type ColabCell,
  type ColabPage,
} from './notebook-object.ts';
import { removeCell } from './remove-cell.ts';
import { hasTool, useTool } from './tool-layer.ts';

/** `setText` shows about 300 ms later, a new cell sometimes a moment after that (measured by published extensions). */
const EFFECT_MS = 3000;

interface InsertRoute {
  readonly name: string;
  readonly isThere: (page: ColabPage) => boolean;
  /** Makes a cell below the one at `index`, with the text or empty. Answers `false` when nothing was done. */
  readonly create: (page: ColabPage, anchor: ColabCell, index: number, source: string) => Promise<boolean>;
}

/** In the order in which they are likely to do what is asked. */
export const INSERT_ROUTES: readonly InsertRoute[] = [
  {
    name: 'tool layer',
    isThere: (page) => hasTool(page, 'add_code_cell'),
    async create(page, _anchor, index, source) {
      await useTool(page, 'add_code_cell', { cellIndex: index + 1, language: 'python', code: source });
      return true;
    },
  },
  {
    // A published extension, 2022–2024.
    name: 'insertCell',
    isThere: (page) => isFunction(notebookObject(page), 'insertCell'),
    async create(page, _anchor, index) {
      call(notebookObject(page), 'insertCell', 'code', { after: true, index });
      return true;
    },
  },
  {
    // The button inserts below the focused cell and focuses the new one (seen in saved pages, 2023–2026).
    name: 'toolbar',
    isThere: ({ document }) => document.querySelector('#toolbar-add-code') !== null,
    async create(page, anchor) {
      if (!(await focus(page, anchor))) return false;
      const button = page.document.querySelector<HTMLElement>('#toolbar-add-code');
      button?.click();
      return button !== null;
    },
  },
];

export const canInsert = (page: ColabPage): boolean => INSERT_ROUTES.some(({ isThere }) => isThere(page));

/**
 * Inserts below a cell by the first route that is there. A cell counts as ours only when exactly one is new, it stands
 * directly below, and it is empty or holds the text already; nothing is ever written into any other.
 */
export const insertBelow = async (
  page: ColabPage,
  cellId: string,
  source: string,
): Promise<InsertOutcome> => {
  for (const route of INSERT_ROUTES) {
    const before = allCells(page);
    const index = before.findIndex(({ id }) => id === cellId);
    const anchor = before[index];
    if (anchor === undefined) return { kind: 'failed', reason: 'cell-not-found' };
    if (!route.isThere(page) || !(await route.create(page, anchor, index, source))) continue;
    const known = new Set(before.map(({ id }) => id));
    const added = await soon(() => newCells(page, known), EFFECT_MS);
    if (added === null) continue;
    return claim(page, cellId, added, source);
  }
  return { kind: 'failed', reason: 'page-error' };
};

/** Every route inserts below a cell: what belongs above one goes below its neighbour, a text cell or not. */
export const insertAbove = async (
  page: ColabPage,
  cellId: string,
  source: string,
): Promise<InsertOutcome> => {
  const cells = allCells(page);
  const neighbour = cells[cells.findIndex(({ id }) => id === cellId) - 1];
  return neighbour === undefined
    ? { kind: 'failed', reason: 'cell-not-found' }
    : insertBelow(page, neighbour.id, source);
};

const newCells = (page: ColabPage, known: ReadonlySet<string>): readonly ColabCell[] | null => {
  const added = allCells(page).filter(({ id }) => !known.has(id));
  return added.length === 0 ? null : added;
};

const claim = async (
  page: ColabPage,
  anchorId: string,
  added: readonly ColabCell[],
  source: string,
): Promise<InsertOutcome> => {
  const [created] = added;
  if (created === undefined || added.length > 1) return { kind: 'failed', reason: 'page-error' };
  const cells = allCells(page);
  const isBelow =
    cells.findIndex(({ id }) => id === anchorId) + 1 === cells.findIndex(({ id }) => id === created.id);
  const written = isBelow && (await write(page, created.id, source));
  if (written) {
    askFocus(page, created);
    return { kind: 'done', cellId: created.id };
  }
  const now = cellById(page, created.id);
  // What we made and could not use is taken away; what somebody wrote into it meanwhile is theirs.
  if (now !== null && (now.source === '' || now.source === source))
    await removeCell(page, created.id, now.source);
  return { kind: 'failed', reason: 'not-read-back' };
};

/** Gives an empty cell its text and waits until it is read back. */
const write = async (page: ColabPage, id: string, source: string): Promise<boolean> => {
  const cell = cellById(page, id);
  if (cell === null) return false;
  if (cell.source === source) return true;
  if (cell.source !== '') return false;
  call(cell.object, 'setText', source);
  return holds(page, id, source);
};

const holds = async (page: ColabPage, id: string, source: string): Promise<boolean> =>
  (await soon(() => (cellById(page, id)?.source === source ? true : null), EFFECT_MS)) === true;

/** `focusCell` and `setFocused`: published projects, 2021–2026. */
const askFocus = (page: ColabPage, cell: ColabCell): void => {
  if (isFunction(notebookObject(page), 'focusCell')) call(notebookObject(page), 'focusCell', cell.id);
  else call(cell.object, 'setFocused', true);
};

const focus = async (page: ColabPage, cell: ColabCell): Promise<boolean> => {
  askFocus(page, cell);
  return (await soon(() => (isFocused(page, cell) ? true : null), EFFECT_MS)) === true;
};

const isFocused = (page: ColabPage, { id, object }: ColabCell): boolean =>
  member(notebookObject(page), 'focusedCell') === object ||
  page.document.getElementById(`cell-${id}`)?.classList.contains('focused') === true;

/** Gives a cell of ours a new text, only while it holds exactly what is expected. */
export const replaceSource = async (
  page: ColabPage,
  cellId: string,
  expected: string,
  source: string,
): Promise<InsertOutcome> => {
  const cell = cellById(page, cellId);
  if (cell === null || cell.source !== expected) return { kind: 'failed', reason: 'cell-not-found' };
  if (isFunction(cell.object, 'setText')) call(cell.object, 'setText', source);
  else await useTool(page, 'update_cell', { cellId, content: source });
  return (await holds(page, cellId, source))
    ? { kind: 'done', cellId }
    : { kind: 'failed', reason: 'not-read-back' };
};
