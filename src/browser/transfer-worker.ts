export interface TransferWorker<Order> {
  readonly take: (order: Order) => void;
  readonly end: () => void;
}

/**
 * Starts the worker of `src/transfer` in a page that lives as long as it works: the offscreen page of Chromium, or Firefox's
 * background page.
 */
export const startTransferWorker = <Order>(onMessage: (message: unknown) => void): TransferWorker<Order> => {
  const worker = new Worker(new URL('../transfer/worker.ts', import.meta.url), {
    type: 'module',
    name: 'holdfast-transfer',
  });
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => onMessage(data));
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    take: (order) => worker.postMessage(order),
    end: () => worker.terminate(),
  };
};
