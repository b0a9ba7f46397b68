import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { startTransferWorker } from '../browser/transfer-worker.ts';
import { askToStay } from '../vault/room.ts';
import { zipDoorPath, zipDoorSchema, type ZipDoor } from '../protocol/zip-door.ts';
import { orderEnvelopeSchema, type WorkerOrder } from '../protocol/transfer-message.ts';

/** Chromium's service worker can start no worker and make no address for a file: this page, which nobody sees, does both. */
const worker = startTransferWorker<WorkerOrder>((message) => {
  const door = v.safeParse(zipDoorSchema, message);
  if (door.success) return void openDownload(door.output);
  // The background may be asleep: the message wakes it.
  return void browser.runtime
    .sendMessage({ from: 'transfer-worker', report: message })
    .catch(() => undefined);
});

/** Gives the background the archive's port, and asks for it as a page asks for a document: the browser downloads what comes. */
const openDownload = async (door: ZipDoor): Promise<void> => {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(door, [door.port]);
  const frame = document.createElement('iframe');
  frame.src = zipDoorPath(door.id);
  document.body.replaceChildren(frame);
};

browser.runtime.onMessage.addListener((message: unknown) => {
  const envelope = v.safeParse(orderEnvelopeSchema, message);
  if (!envelope.success) return undefined;
  const { order } = envelope.output;
  if (order.kind === 'copy' && order.purpose !== 'zip') void askToStay();
  worker.take(order);
  return undefined;
});
