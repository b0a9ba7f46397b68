import type { CopyView, NotebookCopies, OtherCopyView } from '../protocol/home-view.ts';
import type { ServerAddress } from '../runtime/server-address.ts';
import type { KnownCopy } from './copies.ts';
import type { Notebook } from './notebook.ts';
import { folderForCopy } from './restore-place.ts';

export interface ShownCopies {
  readonly copies: readonly CopyView[];
  readonly others: readonly NotebookCopies[];
}

/**
 * The copies in this browser as a notebook's popup shows them: its own, and those of others. Both keep their order.
 *
 * @param server The notebook's, as far as it is known: what was begun from there can be gone on with.
 */
export const shownCopies = (
  notebook: Notebook,
  server: ServerAddress | null,
  kept: readonly KnownCopy[],
): ShownCopies => {
  const copies: CopyView[] = [];
  const others = new Map<string, { readonly notebookName: string; readonly copies: OtherCopyView[] }>();
  for (const { view, record } of kept) {
    const copy = { ...view, canGoOn: view.state === 'unfinished' && isFrom(record, server) };
    if (record === null || record.notebook.id === notebook.id)
      copies.push(isOfEarlierRun(notebook, record) ? { ...copy, isEarlier: true } : copy);
    else {
      const { id, name } = record.notebook;
      const group = others.get(id) ?? { notebookName: name, copies: [] };
      group.copies.push({ ...copy, folder: folderForCopy(notebook, record) });
      others.set(id, group);
    }
  }
  const groups = [...others].map(([notebookId, group]) => ({ notebookId, ...group }));
  const isNamesake = ({ notebookName }: NotebookCopies): boolean => notebookName === notebook.name;
  return {
    copies,
    others: [...groups.filter(isNamesake), ...groups.filter((group) => !isNamesake(group))],
  };
};

/**
 * A run that was resumed goes on with the copies of those before it. Where nothing was kept by itself, nobody knows when the
 * first of them began.
 */
const isOfEarlierRun = ({ run, keeping }: Notebook, record: KnownCopy['record']): boolean => {
  if (run === null || record === null) return false;
  const followed = keeping.line?.runId === run.id ? keeping.line.since : null;
  const since = followed ?? (run.resumedFrom === null ? run.startedAt : null);
  return since !== null && record.begunAt < since;
};

/** Whether what a copy was begun from is on that server. */
export const isFrom = (record: KnownCopy['record'], server: ServerAddress | null): boolean =>
  record !== null && record.from.origin === server?.origin && record.from.basePath === server.basePath;
