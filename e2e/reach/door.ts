import { identifyRequestsTo } from '../../src/browser/request-identity.ts';
import { exchangeInTab } from '../../src/browser/tab-exchange.ts';
import type { ReachWish } from '../../src/core/reach/reach-wish.ts';
import { reachRun } from '../../src/runtime/reach-run.ts';
import type { ServerAddress } from '../../src/runtime/server-address.ts';

/**
 * What the background does, in a context of the extension: no token, no proof but the browser's own cookies. Through
 * the notebook's tab, where one is named.
 */
Object.assign(globalThis, {
  reachByCookie: async (address: ServerAddress, kernelId: string, wish: ReachWish, tabId: number | null) => {
    const identity = await identifyRequestsTo(address.origin);
    const options = tabId === null ? {} : { exchange: exchangeInTab(tabId) };
    return identity.ok ? await reachRun(address, kernelId, wish, {}, options) : identity;
  },
});
