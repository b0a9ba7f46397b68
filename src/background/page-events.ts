import type { PageEvent } from '../protocol/page-event.ts';
import type { ExecutionDesk } from './executions.ts';
import { withLine } from './connection.ts';
import type { KernelDesk } from './kernel-desk.ts';
import type { MachineDesk } from './machine-desk.ts';
import { nameFromPath, notebookId, type Notebook } from './notebook.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { withoutPage } from './recovery-steps.ts';
import { rememberTabPage, tabPage, type TabPage } from './tab-pages.ts';
import type { NotebookFinder } from './notebook-finder.ts';

export interface TabSender {
  readonly tabId: number;
  readonly origin: string;
  readonly pathname: string;
}

export interface PageDesk {
  take(sender: TabSender, event: PageEvent): Promise<void>;
  /** The page of a tab is gone: closed, reloaded, or led elsewhere. */
  leave(tabId: number): void;
}

/** Takes the events of all pages to the notebooks they speak of. */
export const createPageDesk = (
  store: NotebookStore,
  finder: NotebookFinder,
  kernels: KernelDesk,
  machines: MachineDesk,
  executions: ExecutionDesk,
  now: () => number,
): PageDesk => {
  const takeNotebooks = async (
    sender: TabSender,
    page: TabPage,
    event: Extract<PageEvent, { kind: 'notebooks' }>,
  ): Promise<void> => {
    const ids = event.notebooks.map(({ path }) => notebookId(page.origin, page.baseUrl, path));
    for (const record of store.inTab(sender.tabId)) if (!ids.includes(record.id)) away(store, record, now());
    for (const { path, name, kernelId, current } of event.notebooks) {
      const id = notebookId(page.origin, page.baseUrl, path);
      if (store.get(id) === null) store.add(emptyNotebook(page, path, now()));
      const before = store.get(id);
      store.change(id, (record) => ({
        ...seenIn(record, page, sender.tabId, now()),
        name: name ?? nameFromPath(path),
        current,
      }));
      if (before !== null) await kernels.shown(id, kernelId, !before.present);
    }
  };

  return {
    async take(sender, event) {
      if (event.kind === 'page') {
        const { origin, pathname } = sender;
        const { baseUrl, serverRoot, platform, application, canInsert, kernelTap } = event;
        const page = { origin, pathname, baseUrl, serverRoot, platform, application, canInsert, kernelTap };
        for (const { id } of store.inTab(sender.tabId))
          store.change(id, (record) => ({ ...record, ...powersOf(page) }));
        await rememberTabPage(sender.tabId, page);
        return;
      }
      const page = await tabPage(sender.tabId);
      if (page === null) return;
      if (event.kind === 'notebooks') return takeNotebooks(sender, page, event);
      const kernelId = event.kind === 'machine' ? null : event.kernelId;
      const id = await finder.find(sender.tabId, page, event.path, kernelId);
      if (id === null) return;
      if (event.kind === 'machine') return machines.take(id, event);
      if (event.kind === 'kernel') return kernels.take(id, event.kernelId, event.sighting, event.at);
      return executions.take(id, event);
    },
    leave(tabId) {
      for (const record of store.inTab(tabId)) away(store, record, now());
    },
  };
};

const away = (store: NotebookStore, { id }: Notebook, at: number): void =>
  void store.change(id, (record) => ({
    ...withoutPage(
      record.run?.phase.kind === 'training' ? withLine(record, { kind: 'page-closed' }, at) : record,
    ),
    present: false,
    hadKernelHere: false,
    current: false,
  }));

export const seenIn = (record: Notebook, page: TabPage, tabId: number, at: number): Notebook => ({
  ...record,
  tabId,
  present: true,
  seenAt: at,
  serverRoot: page.serverRoot,
  ...powersOf(page),
});

const powersOf = ({
  platform,
  canInsert,
  application,
  kernelTap,
}: TabPage): Pick<Notebook, 'platform' | 'canInsert' | 'application' | 'kernelTap'> => ({
  platform,
  canInsert,
  application,
  kernelTap,
});
