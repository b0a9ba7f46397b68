import type { PageNotebook } from '../platform.ts';
import { call, isRecord, member, text } from '../foreign-object.ts';
import {
  isNotebookPanel,
  sharedNotebook,
  type LuminoApplication,
  type NotebookPanel,
} from './application.ts';

/** Every notebook open in the shell, in front or behind, whose cells are loaded. */
export const notebookPanels = (app: LuminoApplication): readonly NotebookPanel[] =>
  (mainWidgets(app) ?? [member(app.shell, 'currentWidget')])
    .filter(isNotebookPanel)
    .filter((panel) => sharedNotebook(panel) !== null);

/** A shell throws when it has no area of that name: `ILabShell` and Notebook's shell do ("Invalid area", 4.6, 7.6). */
const mainWidgets = (app: LuminoApplication): readonly unknown[] | null => {
  try {
    const widgets = call(app.shell, 'widgets', 'main');
    return isIterable(widgets) ? [...widgets] : null;
  } catch {
    return null;
  }
};

export const panelAt = (app: LuminoApplication, path: string): NotebookPanel | null =>
  notebookPanels(app).find((panel) => pathOf(panel) === path) ?? null;

/** Path from the server's root. A drive prefix such as `RTC:` (collaborative sessions) is not part of it. */
export const pathOf = (panel: NotebookPanel): string =>
  (text(panel.context, 'path') ?? '').replace(/^[A-Za-z]+:/, '').replace(/^\/+/, '');

export const kernelOf = (panel: NotebookPanel): unknown => member(panel.sessionContext, 'session', 'kernel');

export const describe = (app: LuminoApplication, panel: NotebookPanel): PageNotebook => ({
  path: pathOf(panel),
  current: member(app.shell, 'currentWidget') === panel,
  kernelId: text(kernelOf(panel), 'id'),
});

const isIterable = (value: unknown): value is Iterable<unknown> =>
  isRecord(value) && typeof Reflect.get(value, Symbol.iterator) === 'function';
