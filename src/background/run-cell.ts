import type { NotebookStore } from './notebook-store.ts';
import { askPage } from './page-link.ts';

/** Has a notebook's page run one of its cells; answers why it did not, or `null`. */
export const runCell = async (store: NotebookStore, id: string, cellId: string): Promise<string | null> => {
  const record = store.get(id);
  if (record === null) return 'no-answer';
  const reply = await askPage(record, { kind: 'run-cell', path: record.path, cellId });
  return reply.kind === 'failed' ? reply.reason : null;
};
