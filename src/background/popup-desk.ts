import { browser } from '../browser/browser.ts';
import { readSettings, writeSettings } from '../browser/settings.ts';
import { isEnabled } from '../browser/sites.ts';
import type { PopupAction, PopupActionReply } from '../protocol/popup-transport.ts';
import type { PopupView } from '../protocol/popup-view.ts';
import type { FolderWatch } from './folder-watch.ts';
import { DONE, refused } from './action-reply.ts';
import { watchChosenFolder } from './folder-choice.ts';
import { hasCells } from './notebook.ts';
import type { AskingDesk } from './asking-desk.ts';
import type { Copies } from './copies.ts';
import type { HomeDesk } from './home-desk.ts';
import type { KeepDesk } from './keep-desk.ts';
import type { NotebookStore } from './notebook-store.ts';
import { notebookView } from './notebook-view.ts';
import { readCells } from './page-link.ts';
import { planOf } from './plan-reading.ts';
import { recover } from './recover.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import type { ResumeDesk } from './resume-desk.ts';
import type { SaveDesk } from './save-desk.ts';
import type { DiskDesk } from './disk-desk.ts';
import type { MemoryDesk } from './memory-desk.ts';
import type { SettingsDesk } from './settings-desk.ts';
import type { ServerDesk } from './server-desk.ts';
import { tabPage } from './tab-pages.ts';
import type { createFailureRate } from './failure-rate.ts';
import type { UseDesk } from './use-desk.ts';

export interface PopupDesk {
  view(tabId: number | null): Promise<PopupView>;
  act(tabId: number | null, action: PopupAction): Promise<PopupActionReply>;
}

/** Answers the popup: what to show for a tab, and what a click asks for. */
export const createPopupDesk = (
  store: NotebookStore,
  looks: FolderWatch,
  resume: ResumeDesk,
  recovery: RecoveryDesk,
  copies: Pick<Copies, 'ofNotebook'>,
  servers: ServerDesk,
  home: HomeDesk,
  keep: KeepDesk,
  saves: SaveDesk,
  saveSettings: SettingsDesk,
  asking: AskingDesk,
  disks: DiskDesk,
  use: UseDesk,
  memories: Pick<MemoryDesk, 'view'>,
  failures: ReturnType<typeof createFailureRate>,
): PopupDesk => ({
  async view(tabId) {
    const address = await addressOf(tabId);
    if (tabId === null || address === null) return { kind: 'nothing-here' };
    if (!(await isEnabled(address.origin)))
      return { kind: 'site-off', origin: address.origin, host: address.host };
    if ((await tabPage(tabId)) === null) return { kind: 'reload-needed', host: address.host };
    const inTab = store.inTab(tabId);
    const notebook =
      inTab.find(({ current }) => current) ?? inTab.find(({ run }) => run !== null) ?? inTab[0];
    if (notebook === undefined) return { kind: 'not-a-notebook', host: address.host };
    const cells = hasCells(notebook) ? await readCells(notebook) : notebook.heard;
    const plan = notebook.run === null ? planOf(cells, notebook.setup.packages) : null;
    const { home: view, kept } = await home.view(notebook);
    const settings = await readSettings();
    const choices = saveSettings.view(notebook, cells, kept);
    // What it finds out comes with the next view.
    void disks.askIfDue(notebook.id).catch(() => undefined);
    const storage = disks.view(notebook);
    return notebookView(notebook, {
      settings,
      failures: failures(settings, notebook.origin),
      cells,
      plan,
      home: view,
      copies: kept,
      keeping: keep.view(notebook),
      saveSettings: choices,
      asking: asking.view(notebook, cells),
      storage,
      memory: memories.view(notebook),
    });
  },

  async act(tabId, action) {
    switch (action.kind) {
      case 'enable-site':
        // Asked for in the popup itself: the browser's question must follow the click at once.
        return refused('permission-denied');
      case 'reload-tab':
        if (tabId === null) return refused('page-not-there');
        await browser.tabs.reload(tabId);
        return DONE;
      case 'open-health':
        await browser.tabs.create({
          url: browser.runtime.getURL(`src/health/index.html?tab=${tabId ?? ''}`),
        });
        return DONE;
      case 'open-dashboard': {
        const query = action.notebookId === null ? '' : `?notebook=${encodeURIComponent(action.notebookId)}`;
        await browser.tabs.create({ url: browser.runtime.getURL(`src/dashboard/index.html${query}`) });
        return DONE;
      }
      case 'insert-resume-cell':
        return insert(store, resume, action.notebookId);
      case 'undo-insert': {
        const outcome = await resume.undo(action.notebookId);
        return outcome === 'done' ? DONE : refused(outcome);
      }
      case 'insert-use-cell':
        if (store.get(action.notebookId)?.present !== true) return refused('page-not-there');
        await use.insert(action.notebookId, action.names);
        return DONE;
      case 'undo-use-cell': {
        const taken = await use.undo(action.notebookId, action.sort);
        return taken === 'done' ? DONE : refused(taken);
      }
      case 'recover':
        return recover(
          store,
          copies,
          recovery,
          looks,
          action.notebookId,
          (cell) => action.setupCellIds.includes(cell.cellId),
          true,
        );
      case 'stop-recovery':
        recovery.stop(action.notebookId);
        return DONE;
      case 'retry-recovery':
        await recovery.retry(action.notebookId);
        return DONE;
      case 'skip-step':
        await recovery.skip(action.notebookId, action.index);
        return DONE;
      case 'watch-folder':
        return watchChosenFolder(store, looks, servers, action.notebookId, action.path.trim());
      case 'bring-home':
      case 'zip-folder':
      case 'zip-copy':
      case 'finish-copy':
      case 'restore-copy':
      case 'remove-copy':
      case 'pause-job':
      case 'resume-job':
      case 'cancel-job':
      case 'dismiss-job':
      case 'show-job':
      case 'move-aside-job':
        return home.act(action);
      case 'change-keeping':
        return keep.change(action);
      case 'save-now':
      case 'save-every':
      case 'answer-save':
      case 'undo-save':
        return saves.act(action);
      case 'apply-settings':
        return saveSettings.apply(action.notebookId, action.preset, action.settings);
      case 'undo-settings':
        return saveSettings.undo(action.notebookId);
      case 'prepare-asking':
        return asking.prepare(action.notebookId);
      case 'apply-asking':
        return asking.apply(action.notebookId);
      case 'undo-asking':
        return asking.undo(action.notebookId);
      case 'open-restore': {
        const page = `src/restore/index.html?notebook=${encodeURIComponent(action.notebookId)}`;
        await browser.tabs.create({ url: browser.runtime.getURL(page) });
        return DONE;
      }
      case 'dismiss-run':
        store.change(action.notebookId, (notebook) => ({
          ...notebook,
          run: null,
          recovery: null,
          inserted: null,
          copyText: null,
          resumeImpossible: null,
          insertFailure: null,
        }));
        return DONE;
      case 'change-settings':
        await writeSettings({
          ...(await readSettings()),
          insertAfterReconnect: action.insertAfterReconnect,
          runAfterReconnect: action.runAfterReconnect,
        });
        return DONE;
      case 'set-hours-between-failures':
        await writeSettings({ ...(await readSettings()), hoursBetweenFailures: action.hours });
        return DONE;
      default:
        return action satisfies never;
    }
  },
});

/** Chrome and Firefox give a tab's address only where we may be, which is all that is needed here. */
const addressOf = async (tabId: number | null): Promise<URL | null> => {
  if (tabId === null) return null;
  try {
    const { url } = await browser.tabs.get(tabId);
    const address = url === undefined ? null : new URL(url);
    return address?.protocol === 'http:' || address?.protocol === 'https:' ? address : null;
  } catch {
    return null;
  }
};

const insert = async (store: NotebookStore, resume: ResumeDesk, id: string): Promise<PopupActionReply> => {
  const record = store.get(id);
  if (record === null || !record.present) return refused('page-not-there');
  store.change(id, (notebook) => ({ ...notebook, undone: false }));
  await resume.insert(id);
  const after = store.get(id);
  return after?.inserted !== null || after.copyText !== null || after.resumeImpossible !== null
    ? DONE
    : refused('page-error');
};
