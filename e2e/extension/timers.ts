import type { CDPSession, Page } from '@playwright/test';

/** How often the extension's own scripts asked for time on a page since counting began. */
export interface TimerCount {
  /** In the page's own world; what the page's scripts ask for is not counted. */
  readonly inPage: () => Promise<number>;
  /** In the content scripts' world. */
  readonly inContent: () => Promise<number>;
}

/** From now on counts `setTimeout` and `setInterval` of the extension's scripts in a page's top frame. */
export const countTimers = async (page: Page): Promise<TimerCount> => {
  await page.evaluate(`(${countCalls.toString()})('chrome-extension://')`);
  const session = await page.context().newCDPSession(page);
  const contextId = await contentWorld(session);
  const inContent = async (expression: string): Promise<number> => {
    const { result } = await session.send('Runtime.evaluate', { contextId, expression });
    return Number(result.value);
  };
  await inContent(`(${countCalls.toString()})('')`);
  return {
    inPage: async () => Number(await page.evaluate('countedTimers')),
    inContent: () => inContent('countedTimers'),
  };
};

/** The extension's world in the top frame, by the origin it runs under. */
const contentWorld = (session: CDPSession): Promise<number> =>
  new Promise((resolve, reject) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.startsWith('chrome-extension://')) resolve(context.id);
    });
    session.send('Runtime.enable').catch(reject);
  });

/** Runs in a page, so it uses nothing from outside itself. Counts calls whose stack names `origin`. */
const countCalls = (origin: string): void => {
  const counter = { count: 0 };
  Object.defineProperty(globalThis, 'countedTimers', { get: () => counter.count });
  const counted =
    (real: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      if ((new Error('where').stack ?? '').includes(origin)) counter.count += 1;
      return real(...args);
    };
  for (const name of ['setTimeout', 'setInterval']) {
    const real: unknown = Reflect.get(globalThis, name);
    if (typeof real === 'function')
      Reflect.set(
        globalThis,
        name,
        counted((...args) => Reflect.apply(real, globalThis, args)),
      );
  }
};
