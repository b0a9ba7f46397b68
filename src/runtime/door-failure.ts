import type { RuntimeFailure } from './failure.ts';

/**
 * Why a kernel could not be asked while it is busy.
 * - `no-door`: it is no IPython kernel, or one that does not take code beside its cells.
 * - `kernel-gone`: the server has no kernel of that id, or it is dead.
 * - `no-socket`: the server answers, but did not let the socket open; proxies do that.
 * - `server`: it was asked before that, and had trouble.
 * - `timeout`: no answer in that time; whether the wish arrived is not known, and the next question tells.
 * - `closed`: the socket ended before the answer.
 * - `raised`: our own Python failed in this kernel.
 * - `too-large`, `not-understood`: an answer, but none of ours.
 */
export type DoorFailure =
  | { readonly kind: 'no-door' }
  | { readonly kind: 'kernel-gone' }
  | { readonly kind: 'no-socket' }
  | { readonly kind: 'server'; readonly failure: RuntimeFailure }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'raised'; readonly name: string; readonly message: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-understood' };
