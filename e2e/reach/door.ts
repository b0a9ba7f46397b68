import { identifyRequestsTo } from '../../src/browser/request-identity.ts';
import type { ReachWish } from '../../src/core/reach/reach-wish.ts';
import { reachRun } from '../../src/runtime/reach-run.ts';
import type { ServerAddress } from '../../src/runtime/server-address.ts';

/** What the background does, by itself in a context of the extension: no token, no proof but the browser's own cookies. */
Object.assign(globalThis, {
  reachByCookie: async (address: ServerAddress, kernelId: string, wish: ReachWish) => {
    const identity = await identifyRequestsTo(address.origin);
    return identity.ok ? await reachRun(address, kernelId, wish, {}) : identity;
  },
});
