import type { NotebookPlatform, PlatformName } from '../platform.ts';
import type { LuminoApplication, NotebookPanel } from './application.ts';
import { codeCells, insertCell, removeCell, replaceSource, runCell } from './cells.ts';
import { panelAt } from './panels.ts';
import { watchShell } from './watch.ts';

/** What JupyterLab 4 and Notebook 7 have in common: notebook panels with a shared model, in a Lumino shell. */
export const createLuminoPlatform = (name: PlatformName, app: LuminoApplication): NotebookPlatform => {
  const on = async <T>(path: string, act: (panel: NotebookPanel) => T): Promise<T | NotFound> => {
    const panel = panelAt(app, path);
    return panel === null ? { kind: 'failed', reason: 'cell-not-found' } : act(panel);
  };
  return {
    name,
    watch: (listener, signal) => watchShell(app, listener, signal),
    readCells(path) {
      const panel = panelAt(app, path);
      return panel === null ? null : codeCells(panel);
    },
    insertAbove: (path, cellId, source) => on(path, (panel) => insertCell(panel, cellId, 'above', source)),
    insertBelow: (path, cellId, source) => on(path, (panel) => insertCell(panel, cellId, 'below', source)),
    replaceSource: (path, cellId, expected, source) =>
      on(path, (panel) => replaceSource(panel, cellId, expected, source)),
    remove: (path, cellId, expected) => on(path, (panel) => removeCell(panel, cellId, expected)),
    run: (path, cellId) => on(path, (panel) => runCell(app, panel, cellId)),
    // One object gives everything here: whoever has it has every power.
    routes: () => POWERS.map((power) => ({ power, route: 'application', tried: [] })),
  };
};

const POWERS = ['read cells', 'insert', 'run', 'undo', 'outputs', 'connection'] as const;

interface NotFound {
  readonly kind: 'failed';
  readonly reason: 'cell-not-found';
}
