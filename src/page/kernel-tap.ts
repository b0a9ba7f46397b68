import { decodeFrame, type KernelMessage } from './wire-format.ts';

/** Whose socket it is, read off its address. */
export interface KernelAddress {
  readonly kernelId: string;
  /** Path prefix of the Jupyter server; starts and ends with a slash. */
  readonly baseUrl: string;
}

/** What a tap tells. None of it is called while the page's own code is on the stack of a socket method. */
export interface TapSink {
  opened(kernel: KernelAddress): void;
  closed(kernelId: string): void;
  message(kernelId: string, message: KernelMessage): void;
}

export interface KernelTap {
  /** Parse what comes, and what was held back so far. */
  read(): void;
  /** Listen to no message any more: somebody else gives parsed ones. It can't be taken back. */
  standBy(): void;
  health(): 'reading' | 'standing-by' | 'idle';
  /** Whether the page ever opened a kernel's socket where it can be heard; a line that is cut for a while changes nothing. */
  hasHeard(): boolean;
}

/** Frames held while it is open whether the application will give parsed messages; older ones are let go. */
const MAX_HELD_FRAMES = 512;
const KERNEL_PATH = /^(\/|\/.*\/)api\/kernels\/([\w-]{1,256})\/channels$/;

/**
 * Listens on the kernel sockets that the page opens from now on, without changing them: the page's `WebSocket` stays
 * the browser's own class behind a transparent proxy, and a listener beside the page's own reads each frame. Frames are
 * read only, never held, changed or sent. An exception in here never reaches the page.
 *
 * Must run before the page's first script. A page that wraps `WebSocket` itself afterwards wraps the proxy, and works.
 */
export const installKernelTap = (page: typeof globalThis, sink: TapSink): KernelTap => {
  const state: { mode: 'holding' | 'reading' | 'standing-by'; sockets: number; heard: boolean } = {
    mode: 'holding',
    sockets: 0,
    heard: false,
  };
  const held: (() => void)[] = [];
  const reading = new AbortController();

  const deliver = (kernelId: string, data: unknown, protocol: string): void => {
    if (state.mode === 'standing-by') return;
    const parse = (): void => {
      const message = decodeFrame(data, protocol);
      if (message !== null) sink.message(kernelId, message);
    };
    if (state.mode === 'reading') return parse();
    if (held.length < MAX_HELD_FRAMES) held.push(parse);
  };

  const NativeSocket = page.WebSocket;
  const proxy: typeof WebSocket = new Proxy(NativeSocket, {
    construct(target, args, newTarget) {
      const socket: object = Reflect.construct(target, args, newTarget === proxy ? target : newTarget);
      try {
        if (socket instanceof NativeSocket) listen(socket);
      } catch {
        // The page gets its socket whatever happens to us.
      }
      return socket;
    },
  });

  const listen = (socket: WebSocket): void => {
    const kernel = kernelAddressOf(socket.url);
    if (kernel === null) return;
    const { kernelId } = kernel;
    state.sockets += 1;
    state.heard = true;
    // A Blob is read asynchronously; one chain per socket keeps the frames in order.
    const order = { last: Promise.resolve() };
    socket.addEventListener(
      'open',
      shielded(() => sink.opened(kernel)),
    );
    socket.addEventListener(
      'close',
      shielded(() => {
        state.sockets -= 1;
        sink.closed(kernelId);
      }),
    );
    socket.addEventListener(
      'message',
      shielded((event) => {
        if (!(event instanceof MessageEvent) || state.mode === 'standing-by') return;
        const data: unknown = event.data;
        if (!(data instanceof Blob)) return deliver(kernelId, data, socket.protocol);
        order.last = order.last
          .then(async () => deliver(kernelId, await data.arrayBuffer(), socket.protocol))
          .catch(() => undefined);
      }),
      { signal: reading.signal },
    );
  };

  installProxy(page, NativeSocket, proxy);
  return {
    read() {
      if (state.mode !== 'holding') return;
      state.mode = 'reading';
      for (const parse of held.splice(0)) shielded(parse)();
    },
    standBy() {
      state.mode = 'standing-by';
      reading.abort();
      held.length = 0;
    },
    hasHeard: () => state.heard,
    health: () => (state.mode === 'standing-by' ? 'standing-by' : state.sockets > 0 ? 'reading' : 'idle'),
  };
};

/** What the address of a kernel's channels socket says, `null` for any other socket. */
const kernelAddressOf = (url: string): KernelAddress | null => {
  const [, baseUrl, kernelId] = KERNEL_PATH.exec(new URL(url).pathname) ?? [];
  return baseUrl === undefined || kernelId === undefined ? null : { kernelId, baseUrl };
};

/** Puts the proxy where the class was, with the same property flags, and keeps `socket.constructor === WebSocket` true. */
const installProxy = (page: typeof globalThis, original: typeof WebSocket, proxy: typeof WebSocket): void => {
  const flags = Object.getOwnPropertyDescriptor(page, 'WebSocket');
  if (flags?.configurable === false) return;
  Object.defineProperty(page, 'WebSocket', {
    configurable: true,
    enumerable: flags?.enumerable ?? false,
    writable: true,
    value: proxy,
  });
  Object.defineProperty(original.prototype, 'constructor', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: proxy,
  });
};

const shielded =
  <A extends readonly unknown[]>(listener: (...args: A) => void) =>
  (...args: A): void => {
    try {
      listener(...args);
    } catch {
      // Nothing of ours may surface in the page.
    }
  };
