import type { Notebook } from './notebook.ts';

/** Says since when, and leaves the moment alone while the kind stays the same. */
export const withConnection = (
  notebook: Notebook,
  kind: Notebook['connection']['kind'],
  at: number,
): Notebook => {
  if (notebook.connection.kind === kind) return notebook;
  return { ...notebook, connection: kind === 'connected' ? { kind } : { kind, since: at } };
};
