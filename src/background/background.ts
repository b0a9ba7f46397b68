import * as v from 'valibot';
import { browser, type Runtime } from '../browser/browser.ts';
import { hasOffscreenPages } from '../browser/offscreen.ts';
import { forgetSites, registerSites } from '../browser/sites.ts';
import {
  contentMessageSchema,
  popupMessageSchema,
  type ContentMessage,
  type ContentReply,
  type PopupMessage,
} from '../protocol/background-message.ts';
import { frameMessageSchema, type FrameMessage, type FrameReply } from '../protocol/frame-message.ts';
import { createAskingDesk } from './asking-desk.ts';
import { createAlarmDesk, openNotebook } from './alarm-desk.ts';
import { showBadge } from './badge.ts';
import { createDiskDesk } from './disk-desk.ts';
import { createExecutionDesk } from './executions.ts';
import { createFolderWatch, lookIntervalMs } from './folder-watch.ts';
import { createFrameDesk, type FrameSender } from './frame-desk.ts';
import { openHistory } from '../logbook/history-store.ts';
import { createHealthDesk } from './health-desk.ts';
import { createKeepDesk } from './keep-desk.ts';
import { createKernelDesk } from './kernel-desk.ts';
import { createLiveDownloads } from './live-downloads.ts';
import { createLossDesk } from './loss-desk.ts';
import { createMachineDesk } from './machine-desk.ts';
import { createMachineQuestion } from './machine-question.ts';
import { createMemoryDesk } from './memory-desk.ts';
import { createNotebookFinder } from './notebook-finder.ts';
import { createNotebookStore } from './notebook-store.ts';
import { createPageDesk, type TabSender } from './page-events.ts';
import { createPopupDesk } from './popup-desk.ts';
import { recover } from './recover.ts';
import { createRecoveryDesk } from './recovery-desk.ts';
import { restorePlace } from './restore-place.ts';
import { createRestoreHand } from './restore-hand.ts';
import { createResumeDesk } from './resume-desk.ts';
import { createSaveDesk } from './save-desk.ts';
import { createSettingsDesk } from './settings-desk.ts';
import { createServerDesk } from './server-desk.ts';
import { createShownErrors } from './shown-errors.ts';
import { runCell } from './run-cell.ts';
import { forgetTabPage } from './tab-pages.ts';
import { createTrainingReader } from './training-reading.ts';
import { ownVault } from '../vault/vault.ts';
import { createCopies } from './copies.ts';
import { createDownloadEnds } from './download-ends.ts';
import { createFailureRate } from './failure-rate.ts';
import { createHistoryDesk } from './history-desk.ts';
import { createHomeDesk } from './home-desk.ts';
import { createJobStore } from './job-store.ts';
import { createTaskRunner } from './task-runner.ts';
import { jobOfNotification, tellJobEnd } from './transfer-alarm.ts';
import { createTransferDesk, type TransferSource } from './transfer-desk.ts';
import { createTransferHost } from './transfer-host.ts';
import { openZipDoors } from './zip-door.ts';
import { createZipSaver } from './zip-saver.ts';
import { transferSource } from './transfer-source.ts';
import { reportEnvelopeSchema } from '../protocol/transfer-message.ts';
import { createUseDesk } from './use-desk.ts';
import { withLine } from './connection.ts';
import { createServerQuestion } from './server-question.ts';

/** Nobody listens while no popup is open. */
const tellPopup = (): void =>
  void browser.runtime.sendMessage({ kind: 'view-changed' }).catch(() => undefined);

if (hasOffscreenPages()) openZipDoors();

/** Wires the parts together. Every listener is registered here, at once: the background may be started for any of them. */
const now = Date.now;
const store = createNotebookStore();
const servers = createServerDesk();
const reader = createTrainingReader(servers);
const looks = createFolderWatch(store, servers, now, (...read) => history.readLosses(...read));
const alarms = createAlarmDesk(store, looks);
const recovery = createRecoveryDesk(
  store,
  {
    restore: (id, copyId) => restoring.restore(id, copyId),
    insert: (id) => resume.insert(id),
    run: (id, cellId) => runCell(store, id, cellId),
  },
  now,
);
const resume = createResumeDesk(store, looks, reader);
const shownErrors = createShownErrors();
const questions = createServerQuestion(store, servers);
const executions = createExecutionDesk(store, looks, alarms, recovery, reader, shownErrors, questions, now);
const frames = createFrameDesk(store, executions, shownErrors, now);
const vault = ownVault();
const copies = createCopies(vault);
const logbook = openHistory();
const history = createHistoryDesk(store, logbook, copies, servers, now);
const losses = createLossDesk(store, alarms, resume, recovery, looks, copies, servers, now);
const kernels = createKernelDesk(store, alarms, losses, executions, recovery, questions, now);
const machines = createMachineDesk(store, alarms, losses, kernels, looks, now);
const finder = createNotebookFinder(store, now);
const pages = createPageDesk(store, finder, kernels, machines, executions, now);
const health = createHealthDesk(store, servers);
const jobs = createJobStore(() => {
  copies.changed();
  tellPopup();
});
const host = createTransferHost((report) => tasks.take(report));
const tasks = createTaskRunner(host, () => tellPopup(), now);
const sourceOf = (id: string): TransferSource | null => transferSource(store, servers, id);
const downloads = createDownloadEnds();
const transfers = createTransferDesk(
  jobs,
  tasks,
  vault,
  sourceOf,
  host,
  createZipSaver(jobs, downloads, tellPopup),
  createLiveDownloads(host),
  (job) => {
    history.copied(job.notebookId);
    if (job.automatic === undefined) {
      tellJobEnd(job);
      void restoring.over(job);
    } else void keep.jobOver(job).catch(() => undefined);
  },
  now,
);
const restoring = createRestoreHand(store, vault, transfers, recovery, looks);
const home = createHomeDesk(
  store,
  jobs,
  transfers,
  tasks,
  copies,
  vault,
  servers,
  (job) => void restoring.over(job),
);
const keep = createKeepDesk(store, jobs, transfers, tasks, copies, vault, now);
const saves = createSaveDesk(store, servers, looks, now);
const saveSettings = createSettingsDesk(store);
const asking = createAskingDesk(store, servers);
const uses = createUseDesk(store, servers, reader);
const machine = createMachineQuestion(servers, now);
const disks = createDiskDesk(store, machine.freeOf, alarms, now);
const memories = createMemoryDesk(store, machine.memoryOf, alarms, now);
const popup = createPopupDesk(
  store,
  looks,
  resume,
  recovery,
  copies,
  servers,
  home,
  keep,
  saves,
  saveSettings,
  asking,
  disks,
  uses,
  memories,
  createFailureRate(logbook, now),
);

const takeFromContent = async (sender: TabSender, message: ContentMessage): Promise<ContentReply> => {
  await store.ready;
  switch (message.kind) {
    case 'page-events':
      for (const event of message.events) await pages.take(sender, event);
      break;
    case 'tick':
      for (const { id, run } of store.inTab(sender.tabId)) {
        await kernels.clock(id);
        await looks.lookIfDue(id);
        await saves.clock(id);
        if (run?.phase.kind !== 'training') continue;
        void memories.askIfDue(id).catch(() => undefined);
        void disks.askIfDue(id).catch(() => undefined);
      }
      break;
    case 'network':
      for (const { id, run } of store.inTab(sender.tabId))
        if (run?.phase.kind === 'training')
          store.change(id, (notebook) =>
            withLine(notebook, { kind: message.online ? 'line-back' : 'browser-offline' }, now()),
          );
      break;
    case 'page-leaves':
      pages.leave(sender.tabId);
      break;
    case 'toast-action':
      if (store.get(message.notebookId)?.tabId !== sender.tabId) break;
      if (message.action === 'undo') await resume.undo(message.notebookId);
      else await recover(store, copies, recovery, looks, message.notebookId, ({ state }) => state === 'same');
      break;
    default:
      message satisfies never;
  }
  // No run, no timer: the content script asks again only while there is something to look at.
  const intervals = store
    .inTab(sender.tabId)
    .map((record) => lookIntervalMs(record, now()))
    .filter((ms) => ms !== null);
  return { tickMs: intervals.length === 0 ? null : Math.min(...intervals) };
};

const takeFromFrame = async (sender: FrameSender, message: FrameMessage): Promise<FrameReply> => {
  await store.ready;
  return frames.take(sender, message);
};

const takeFromPopup = async (message: PopupMessage): Promise<unknown> => {
  await store.ready;
  switch (message.kind) {
    case 'popup-view':
      return popup.view(message.tabId);
    case 'popup-action':
      return popup.act(message.tabId, message.action);
    case 'health-report':
      return health.report(message.tabId);
    case 'restore-place':
      return restorePlace(store.get(message.notebookId));
    case 'history-fresh':
      return history.fresh();
    default:
      return message satisfies never;
  }
};

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (sender.id !== browser.runtime.id) return undefined;
  const fromWorker = v.safeParse(reportEnvelopeSchema, message);
  if (fromWorker.success) {
    if (isOwnPage(sender.url)) tasks.take(fromWorker.output.report);
    return undefined;
  }
  const fromPopup = v.safeParse(popupMessageSchema, message);
  if (fromPopup.success) return isOwnPage(sender.url) ? takeFromPopup(fromPopup.output) : undefined;
  const fromFrame = v.safeParse(frameMessageSchema, message);
  const frame = frameOf(sender);
  if (fromFrame.success) return frame === null ? undefined : takeFromFrame(frame, fromFrame.output);
  const fromContent = v.safeParse(contentMessageSchema, message);
  const tab = tabOf(sender);
  return fromContent.success && tab !== null ? takeFromContent(tab, fromContent.output) : undefined;
});

browser.tabs.onRemoved.addListener((tabId) => {
  void store.ready.then(() => pages.leave(tabId)).then(() => forgetTabPage(tabId));
});
browser.permissions.onAdded.addListener(({ origins }) => void registerSites(origins ?? []));
browser.permissions.onRemoved.addListener(({ origins }) => void forgetSites(origins ?? []));
browser.notifications.onClicked.addListener((id) => void clicked(id).catch(() => undefined));
browser.downloads.onChanged.addListener(({ id }) => downloads.changed(id));
// What was under way goes on when the browser is opened again, and when the background wakes.
browser.runtime.onStartup.addListener(() => undefined);
void store.ready
  .then(() => transfers.resume())
  .then(() => recovery.resume())
  .catch(() => undefined);

const clicked = async (notification: string): Promise<void> => {
  await store.ready;
  const job = jobOfNotification(notification);
  if (job === null) return openNotebook(store, notification);
  await browser.notifications.clear(notification);
  await transfers.show(job);
};

store.onChange((notebook) => {
  const { tabId } = notebook;
  keep.noticed(notebook);
  history.noticed(notebook);
  if (tabId !== null) void showBadge(tabId, store.inTab(tabId));
  tellPopup();
});

const isOwnPage = (url: string | undefined): boolean => url?.startsWith(browser.runtime.getURL('')) ?? false;

const tabOf = ({ tab, url, frameId }: Runtime.MessageSender): TabSender | null => {
  if (tab?.id === undefined || url === undefined || frameId !== 0) return null;
  const { origin, pathname } = new URL(url);
  return { tabId: tab.id, origin, pathname };
};

/** Colab's output frames, each on a host of its own. */
const FRAME_HOST = /^[\w-]+-colab\.googleusercontent\.com$/;

const frameOf = ({ tab, url, frameId }: Runtime.MessageSender): FrameSender | null => {
  if (tab?.id === undefined || url === undefined || frameId === 0) return null;
  const { host, hostname } = new URL(url);
  return FRAME_HOST.test(hostname) ? { tabId: tab.id, host } : null;
};
