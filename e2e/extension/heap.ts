import type { Page } from '@playwright/test';
import * as v from 'valibot';
import type { HoldfastBrowser } from './browser.ts';

const Usage = v.object({ usedSize: v.number() });
const Answer = v.object({ id: v.number(), result: v.unknown() });

/** Bytes in use after a collection. The page's heap holds its own scripts and the extension's two worlds in it. */
export interface Heaps {
  readonly page: number;
  readonly background: number;
}

/** Measures the heaps of a page and of the extension's background, over the browser's own debugging line. */
export const heapMeter = async (browser: HoldfastBrowser, page: Page): Promise<() => Promise<Heaps>> => {
  const inPage = await browser.context.newCDPSession(page);
  const askWorker = await workerLine(browser);
  return async () => {
    await inPage.send('HeapProfiler.collectGarbage');
    await askWorker('HeapProfiler.collectGarbage');
    const background = v.parse(Usage, await askWorker('Runtime.getHeapUsage')).usedSize;
    return { page: (await inPage.send('Runtime.getHeapUsage')).usedSize, background };
  };
};

type Ask = (method: string) => Promise<unknown>;

/** A service worker has no session of its own in Playwright: its messages go through the browser's. */
const workerLine = async ({ context }: HoldfastBrowser): Promise<Ask> => {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('the browser gives no debugging line');
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(
    ({ type, url }) => type === 'service_worker' && url.startsWith('chrome-ext'),
  );
  if (worker === undefined) throw new Error('the extension has no background at the moment');
  const { sessionId } = await session.send('Target.attachToTarget', {
    targetId: worker.targetId,
    flatten: false,
  });
  const waiting = new Map<number, (result: unknown) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = v.safeParse(Answer, JSON.parse(message));
    if (answer.success) waiting.get(answer.output.id)?.(answer.output.result);
  });
  const counter = { id: 0 };
  return async (method) => {
    counter.id += 1;
    const { id } = counter;
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answered;
  };
};
