import { call, member, text } from '../foreign-object.ts';

/**
 * Colab's own objects on the page, `colab.global.notebook` and what hangs on it. Undocumented; the set of members used
 * here is in use by more than twenty published projects, 2018–2026. Each is tested before it is touched.
 */
export interface ColabPage {
  readonly document: Pick<
    Document,
    'querySelector' | 'querySelectorAll' | 'getElementById' | 'URL' | 'title' | 'body'
  >;
  /** `window.colab`, whatever it is at the moment. */
  readonly colab: () => unknown;
}

/** A cell as the page has it, with the object it came from. */
export interface ColabCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly object: unknown;
}

export const notebookObject = (page: ColabPage): unknown => member(page.colab(), 'global', 'notebook');

export const kernelObject = (page: ColabPage): unknown => member(notebookObject(page), 'kernel');

export const hasNotebook = (page: ColabPage): boolean => Array.isArray(member(notebookObject(page), 'cells'));

/** Every cell in notebook order, text cells too; one that does not tell its id is left out. */
export const allCells = (page: ColabPage): readonly ColabCell[] => {
  const cells = member(notebookObject(page), 'cells');
  return Array.isArray(cells) ? cells.flatMap((cell: unknown) => cellOf(cell) ?? []) : [];
};

export const cellById = (page: ColabPage, id: string): ColabCell | null =>
  allCells(page).find((cell) => cell.id === id) ?? null;

const cellOf = (object: unknown): ColabCell | null => {
  const id = string(call(object, 'getId')) ?? text(object, 'model', 'id');
  const source = string(call(object, 'getText'));
  const type = string(call(object, 'getType')) ?? text(object, 'model', 'type');
  return id === null || source === null ? null : { id, source, type: type ?? '', object };
};

export const isBusyCell = ({ object }: ColabCell): boolean =>
  call(object, 'isRunning') === true || call(object, 'isPending') === true;

export const executionCount = ({ object }: ColabCell): unknown => call(object, 'getExecutionCount');

export const isFunction = (value: unknown, ...names: readonly string[]): boolean =>
  typeof member(value, ...names) === 'function';

const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Asks again until the answer is there; `null` when it did not come in time. */
export const soon = async <T>(ask: () => T | null, withinMs: number): Promise<T | null> => {
  for (const until = Date.now() + withinMs; ;) {
    const answer = ask();
    if (answer !== null || Date.now() > until) return answer;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
};
