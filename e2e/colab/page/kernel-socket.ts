import * as v from 'valibot';
import type { Boot, LentMachine } from '../wire.ts';
import { decodeV1, encodeV1, V1 } from './v1-frames.ts';

const Message = v.object({
  channel: v.optional(v.nullable(v.string())),
  header: v.object({ msg_id: v.string(), msg_type: v.string() }),
  parent_header: v.optional(v.object({ msg_id: v.optional(v.string()) }), {}),
  content: v.unknown(),
});
export type KernelMessage = v.InferOutput<typeof Message>;

export interface KernelSocket {
  /** Sends an execute_request on shell; answers its id. */
  readonly execute: (code: string, silent: boolean) => string;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

interface Listener {
  readonly opened: () => void;
  readonly message: (message: KernelMessage) => void;
  /** Not called after `close()`. */
  readonly lost: () => void;
}

/** How the page's kernel sockets are made. */
export interface SocketMaking {
  readonly protocol: Boot['kernelProtocol'];
  readonly socketClass: () => typeof WebSocket;
}

/** The one socket to the kernel, through the runtime proxy. */
export const openKernelSocket = (
  machine: LentMachine,
  token: string,
  { protocol, socketClass }: SocketMaking,
  listener: Listener,
): KernelSocket => {
  const query = new URLSearchParams({
    session_id: machine.session,
    'colab-runtime-proxy-token': token,
    authuser: '0',
  });
  const url = `wss://${machine.proxyHost}/api/kernels/${machine.kernelId}/channels?${query.toString()}`;
  const SocketClass = socketClass();
  const socket = protocol === 'v1' ? new SocketClass(url, V1) : new SocketClass(url);
  socket.binaryType = 'arraybuffer';
  const ending = new AbortController();
  const { signal } = ending;
  socket.addEventListener('open', listener.opened, { signal });
  socket.addEventListener('close', listener.lost, { signal });
  socket.addEventListener(
    'message',
    ({ data }) => {
      const parsed = v.safeParse(Message, decoded(data));
      if (parsed.success) listener.message(parsed.output);
    },
    { signal },
  );
  return {
    execute: (code, silent) => {
      const message = executeRequest(machine.session, code, silent);
      socket.send(protocol === 'v1' ? encodeV1(message) : JSON.stringify(message));
      return message.header.msg_id;
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => {
      ending.abort();
      socket.close(1000);
    },
  };
};

const decoded = (data: unknown): unknown => {
  if (typeof data === 'string') return JSON.parse(data);
  return isArrayBuffer(data) ? decodeV1(data) : null;
};

/** `instanceof` knows those of this window only, and a hidden frame's socket makes its own. */
const isArrayBuffer = (data: unknown): data is ArrayBuffer =>
  Object.prototype.toString.call(data) === '[object ArrayBuffer]';

const executeRequest = (session: string, code: string, silent: boolean) => ({
  channel: 'shell',
  header: {
    msg_id: crypto.randomUUID(),
    msg_type: 'execute_request',
    session,
    username: '',
    version: '5.3',
    date: new Date().toISOString(),
  },
  parent_header: {},
  metadata: {},
  content: {
    code,
    silent,
    store_history: !silent,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  },
  buffers: [],
});
