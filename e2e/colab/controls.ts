import { setTimeout as wait } from 'node:timers/promises';
import type { World } from './world.ts';

/** What happens to a user of Colab, on a test's word. Each is done when the open page shows it. */
export interface Controls {
  /**
   * The page lets go of a machine that nobody used: the dialog "Runtime disconnected". The machine and its disk
   * stay until somebody connects anew. Throws while a cell runs, as Colab does it only when none does.
   */
  readonly idleDisconnect: () => Promise<void>;
  /**
   * Google ends the machine, and its disk is gone. The socket breaks at once; the page's button looks connected for
   * `looksAliveMs` (8 s by default) more.
   */
  readonly endServerSide: (options?: { looksAliveMs?: number }) => Promise<void>;
  /** `kill -9` of the kernel. Within about 3 s the page shows the snackbar, and another kernel runs on the same disk. */
  readonly kernelCrash: () => Promise<void>;
  /** As if the user pressed Connect, without a click that is counted. Done when the page is connected. */
  readonly reconnect: (options: { vm: 'same' | 'new' }) => Promise<void>;
  /** Which machine the next Connect of the user gives. */
  readonly nextConnectGives: (vm: 'same' | 'new') => void;
  /** Nothing gets through for a while. Done when the time is over and the pages are back. */
  readonly networkGone: (ms: number) => Promise<void>;
  /** The machine is taken away with a dialog about limits, and Connect is refused until `reconnect`. */
  readonly usageLimit: () => Promise<void>;
  /** The page asks whether the user is a robot. */
  readonly captcha: () => Promise<void>;
  /** Every token that is out stops working now. */
  readonly expireTokens: () => void;
}

export const controlsOf = (world: World, cut: (isCut: boolean) => void): Controls => ({
  idleDisconnect: () => world.line.tell('idle-disconnect'),
  endServerSide: ({ looksAliveMs = 8_000 } = {}) => world.takeAway(looksAliveMs),
  kernelCrash: async () => {
    const machine = world.machine();
    if (machine === null) throw new Error('there is no machine whose kernel could crash');
    await machine.killKernel();
  },
  reconnect: async ({ vm }) => {
    world.refuse(false);
    world.decideNext(vm);
    await world.line.tell('connect');
  },
  nextConnectGives: world.decideNext,
  networkGone: async (ms) => {
    const pages = world.line.openPages();
    cut(true);
    await wait(ms);
    cut(false);
    await world.line.whenOpen(pages);
  },
  usageLimit: async () => {
    world.refuse(true);
    await world.line.tell('limit');
    await world.takeAway(0);
  },
  captcha: () => world.line.tell('captcha'),
  expireTokens: world.tokens.expireAll,
});
