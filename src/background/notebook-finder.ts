import { listSessions } from '../runtime/sessions.ts';
import { emptyNotebook } from './new-notebook.ts';
import { notebookId } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { seenIn } from './page-events.ts';
import { serverOf } from './server-of.ts';
import type { TabPage } from './tab-pages.ts';

export interface NotebookFinder {
  /** Id of the notebook an event speaks of; makes a record for one that is new. `null`: none can be told. */
  find(tabId: number, page: TabPage, path: string | null, kernelId: string | null): Promise<string | null>;
}

/**
 * Finds the notebook of a kernel. A page with an application names the notebook itself; where only the kernel's socket
 * is seen the server's list of sessions tells whose kernel it is, and on a site without such a list the page's address
 * stands for the notebook.
 */
export const createNotebookFinder = (store: NotebookStore, now: () => number): NotebookFinder => ({
  async find(tabId, page, path, kernelId) {
    if (path !== null) {
      const id = notebookId(page.origin, page.baseUrl, path);
      return store.get(id) === null ? null : id;
    }
    if (kernelId === null) return null;
    const known = store.inTab(tabId).find(({ kernel }) => kernel.id === kernelId);
    if (known !== undefined) return known.id;
    const found = (await pathOfKernel(page, kernelId)) ?? pathFromAddress(page);
    const id = notebookId(page.origin, page.baseUrl, found);
    if (store.get(id) === null) store.add(emptyNotebook(page, found, now()));
    store.change(id, (record) => ({ ...seenIn(record, page, tabId, now()), current: true }));
    return id;
  },
});

const pathOfKernel = async (page: TabPage, kernelId: string): Promise<string | null> => {
  const server = serverOf(page);
  if (server === null) return null;
  const sessions = await listSessions(server);
  return sessions.ok ? (sessions.value.find((session) => session.kernelId === kernelId)?.path ?? null) : null;
};

/** `/notebooks/a/b.ipynb` below the base is the notebook's path; anything else stands for itself. */
const pathFromAddress = ({ pathname, baseUrl }: TabPage): string => {
  const below = pathname.startsWith(baseUrl) ? pathname.slice(baseUrl.length) : pathname.replace(/^\//, '');
  const path = below.replace(/^(?:notebooks|lab\/tree|doc\/tree)\//, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
