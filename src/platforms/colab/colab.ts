import { call } from '../foreign-object.ts';
import type { NotebookPlatform } from '../platform.ts';
import { canInsert, insertAbove, insertBelow, replaceSource } from './insert-cell.ts';
import { fileAccessOf } from './file-access.ts';
import { machineOf } from './machine.ts';
import { allCells, hasNotebook, type ColabPage } from './notebook-object.ts';
import { removeCell } from './remove-cell.ts';
import { routesOn } from './routes.ts';
import { runCell } from './run-cell.ts';
import { cellOfFrame } from './shown-cells.ts';
import { pathOf, watchColab } from './watch.ts';

const NOT_HERE = { kind: 'failed', reason: 'cell-not-found' } as const;

/**
 * Colab (`/drive/ID` and its sisters): one notebook to a page. Its kernel is heard on its socket, not from here; as long
 * as `hearsKernel` says no, what the page shows of its cells is told instead.
 */
export const createColab = (page: ColabPage, hearsKernel: () => boolean): NotebookPlatform => {
  const on = async <T>(path: string, act: () => Promise<T>): Promise<T | typeof NOT_HERE> =>
    path === pathOf(page) ? act() : NOT_HERE;
  return {
    name: 'colab',
    watch: (listener, signal) => watchColab(page, hearsKernel, listener, signal),
    readCells: (path) =>
      path === pathOf(page)
        ? allCells(page)
            .filter(({ type }) => type === 'code')
            .map(({ id, source }) => ({ id, source }))
        : null,
    canInsert: () => canInsert(page),
    insertAbove: (path, cellId, source) => on(path, () => insertAbove(page, cellId, source)),
    insertBelow: (path, cellId, source) => on(path, () => insertBelow(page, cellId, source)),
    replaceSource: (path, cellId, expected, source) =>
      on(path, () => replaceSource(page, cellId, expected, source)),
    remove: (path, cellId, expected) => on(path, () => removeCell(page, cellId, expected)),
    run: (path, cellId) => on(path, () => runCell(page, cellId)),
    machine: () => machineOf(page),
    fileAccess: () => fileAccessOf(page),
    runningCell() {
      const running = allCells(page).filter(({ object }) => call(object, 'isRunning') === true);
      return running.length === 1 ? (running[0]?.id ?? null) : null;
    },
    cellOfFrame: (path, host) => (path === pathOf(page) ? cellOfFrame(page, host) : null),
    routes: () => routesOn(page, hearsKernel()),
  };
};

/**
 * Calls back once the page has its notebook: its list of cells is there, and so is the object behind it. Watches the
 * document until then, and nothing after.
 */
export const waitForColab = (
  document: Document,
  colab: () => unknown,
  hearsKernel: () => boolean,
  signal: AbortSignal,
  found: (platform: NotebookPlatform) => void,
): void => {
  const page: ColabPage = { document, colab };
  const look = (): boolean => {
    if (signal.aborted) return true;
    if (document.querySelector('.notebook-cell-list') === null || !hasNotebook(page)) return false;
    found(createColab(page, hearsKernel));
    return true;
  };
  if (look()) return;
  const observer = new MutationObserver(() => {
    if (look()) observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
};
