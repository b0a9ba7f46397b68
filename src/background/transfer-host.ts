import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { hasOffscreenPages, openOffscreenPage, closeOffscreenPage } from '../browser/offscreen.ts';
import { workerReportSchema, type WorkerOrder, type WorkerReport } from '../protocol/transfer-message.ts';
import { askToStay } from '../vault/room.ts';
import { startTransferWorker, type TransferWorker } from '../browser/transfer-worker.ts';

/** Where the worker runs that moves bytes. */
export interface TransferHost {
  /** Hands an order to the worker; starts it where it does not run. */
  send(order: WorkerOrder): Promise<void>;
  /** Nothing is left to do: lets the worker go. */
  rest(): Promise<void>;
}

/** In an offscreen page where the background can start no worker (Chromium), otherwise in the background's own page (Firefox). */
export const createTransferHost = (onReport: (report: WorkerReport) => void): TransferHost =>
  hasOffscreenPages() ? inOffscreenPage() : inOwnPage(onReport);

/** Its reports come as messages: see background.ts. */
const inOffscreenPage = (): TransferHost => ({
  async send(order) {
    await openOffscreenPage('src/transfer/offscreen.html');
    await browser.runtime.sendMessage({ to: 'transfer-worker', order }).catch(() => undefined);
  },
  rest: closeOffscreenPage,
});

/**
 * Firefox (153) ends a background page that was idle for half a minute, whatever its workers do. A call of its API says that
 * it is not idle.
 */
const STAY_MS = 10_000;

interface HostState {
  worker: TransferWorker<WorkerOrder> | null;
  stay: ReturnType<typeof setInterval> | null;
}

const inOwnPage = (onReport: (report: WorkerReport) => void): TransferHost => {
  const state: HostState = { worker: null, stay: null };
  return {
    async send(order) {
      state.worker ??= startTransferWorker<WorkerOrder>((report) => {
        const known = v.safeParse(workerReportSchema, report);
        if (known.success) onReport(known.output);
      });
      state.stay ??= setInterval(() => void browser.runtime.getPlatformInfo(), STAY_MS);
      if (order.kind === 'copy' && order.purpose !== 'zip') void askToStay();
      state.worker.take(order);
    },
    async rest() {
      state.worker?.end();
      state.worker = null;
      if (state.stay !== null) clearInterval(state.stay);
      state.stay = null;
    },
  };
};
