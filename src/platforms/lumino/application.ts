import { isRecord, member, text } from '../foreign-object.ts';

/**
 * The members of JupyterLab's and Notebook's objects that are used, each tested before it is touched: they are public
 * API of `@jupyterlab/application` 4 and `@jupyterlab/notebook` 4, but the page is not ours and may be any version.
 */
export interface LuminoSignal {
  connect(slot: (sender: unknown, value: unknown) => void): unknown;
  disconnect(slot: (sender: unknown, value: unknown) => void): unknown;
}

export interface LuminoApplication {
  readonly name: string;
  readonly commands: { execute(id: string, args: Readonly<Record<string, unknown>>): Promise<unknown> };
  readonly shell: object;
}

export interface NotebookPanel {
  readonly id: string;
  readonly content: object;
  readonly context: object;
  readonly sessionContext: object;
}

export interface SharedNotebook {
  readonly cells: readonly unknown[];
  insertCell(index: number, cell: Readonly<Record<string, unknown>>): unknown;
  deleteCell(index: number): void;
}

export const isSignal = (value: unknown): value is LuminoSignal =>
  typeof member(value, 'connect') === 'function' && typeof member(value, 'disconnect') === 'function';

/** Listens to a signal until the abort, and keeps every exception of ours out of the page. */
export const onSignal = (
  signal: unknown,
  listener: (value: unknown, sender: unknown) => void,
  until: AbortSignal,
): void => {
  if (!isSignal(signal) || until.aborted) return;
  const slot = (sender: unknown, value: unknown): void => {
    try {
      listener(value, sender);
    } catch {
      // The page's own slots come after ours.
    }
  };
  signal.connect(slot);
  until.addEventListener('abort', () => signal.disconnect(slot), { once: true });
};

export const isLuminoApplication = (value: unknown): value is LuminoApplication =>
  text(value, 'name') !== null &&
  typeof member(value, 'commands', 'execute') === 'function' &&
  isRecord(member(value, 'shell'));

/** A notebook document of the shell, whether or not its model has been loaded yet. */
export const isNotebookPanel = (value: unknown): value is NotebookPanel =>
  isRecord(value) &&
  text(value, 'id') !== null &&
  text(value, 'context', 'path') !== null &&
  isRecord(member(value, 'sessionContext')) &&
  isSignal(member(value, 'sessionContext', 'kernelChanged')) &&
  typeof member(value, 'content', 'activeCellIndex') === 'number';

export const sharedNotebook = (panel: NotebookPanel): SharedNotebook | null => {
  const shared = member(panel, 'content', 'model', 'sharedModel');
  return isSharedNotebook(shared) ? shared : null;
};

const isSharedNotebook = (value: unknown): value is SharedNotebook =>
  Array.isArray(member(value, 'cells')) &&
  typeof member(value, 'insertCell') === 'function' &&
  typeof member(value, 'deleteCell') === 'function';
