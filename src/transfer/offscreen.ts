import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { startTransferWorker } from '../browser/transfer-worker.ts';
import { askToStay } from '../vault/room.ts';
import { orderEnvelopeSchema, type WorkerOrder } from '../protocol/transfer-message.ts';

/** Chromium's service worker can start no worker and make no address for a file: this page, which nobody sees, does both. */
const worker = startTransferWorker<WorkerOrder>((report) => {
  // The background may be asleep: the message wakes it.
  void browser.runtime.sendMessage({ from: 'transfer-worker', report }).catch(() => undefined);
});

browser.runtime.onMessage.addListener((message: unknown) => {
  const envelope = v.safeParse(orderEnvelopeSchema, message);
  if (!envelope.success) return undefined;
  const { order } = envelope.output;
  if (order.kind === 'copy' && order.purpose === 'keep') void askToStay();
  worker.take(order);
  return undefined;
});
