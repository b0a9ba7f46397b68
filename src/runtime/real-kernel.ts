import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { type RawData, WebSocket } from 'ws';
import type { OpenSocket } from './kernel-socket.ts';
import type { RealServer } from './real-server.ts';

/** What a cell of a real kernel showed, and how it ended. */
export interface CellEnd {
  readonly status: string;
  readonly text: string;
  readonly executionCount: number | null;
  readonly error: string | null;
}

export interface RunningCell {
  readonly ended: Promise<CellEnd>;
  /** What it has shown by now. */
  text(): string;
  /** Waits until it has shown this. */
  shows(pattern: RegExp): Promise<void>;
}

/** A real kernel, driven as a page drives it: one socket, cells on the shell channel. */
export interface RealKernel {
  readonly id: string;
  run(code: string): RunningCell;
  /** Runs a cell to its end, and gives what it printed; throws when it failed. */
  told(code: string): Promise<string>;
  /** Messages that reached the page without being a reply to one of its own requests. */
  readonly strangers: readonly { readonly type: string; readonly parent: string; readonly state: string }[];
  state(): Promise<string>;
  interrupt(): Promise<void>;
  close(): void;
}

/** The door's socket, where there is no browser. */
export const nodeSocket: OpenSocket = (url) => {
  const socket = new WebSocket(url);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    addEventListener: (type: string, listener: (event: { readonly data: unknown }) => void) => {
      if (type === 'message') socket.on('message', (data) => listener({ data: textOf(data) }));
      else socket.on(type, () => listener({ data: null }));
    },
  };
};

const textOf = (data: RawData): string =>
  Buffer.from(Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data)).toString();

const messageSchema = v.object({
  header: v.object({ msg_type: v.string() }),
  parent_header: v.object({ msg_id: v.optional(v.string(), ''), msg_type: v.optional(v.string(), '') }),
  content: v.looseObject({}),
});
type Message = v.InferOutput<typeof messageSchema>;

const START_MS = 60_000;
const LIMIT_MS = 120_000;

export async function startRealKernel(server: RealServer): Promise<RealKernel> {
  const { origin, basePath } = server.address;
  const headers = { Authorization: `token ${server.access.token}`, 'Content-Type': 'application/json' };
  const api = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}${basePath}api/kernels${path}`, { headers, ...init });
  const made = await api('', { method: 'POST', body: JSON.stringify({ name: 'python3' }) });
  const kernelSchema = v.object({ id: v.string(), execution_state: v.string() });
  const { id } = v.parse(kernelSchema, await made.json());
  const session = crypto.randomUUID();
  const url = `${origin.replace('http', 'ws')}${basePath}api/kernels/${id}/channels?session_id=${session}&token=${server.access.token}`;
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const cells = new Map<string, (message: Message) => void>();
  const strangers: { type: string; parent: string; state: string }[] = [];
  socket.on('message', (data) => {
    const message = v.parse(messageSchema, JSON.parse(textOf(data)));
    const hear = cells.get(message.parent_header.msg_id);
    if (hear !== undefined) hear(message);
    else
      strangers.push({
        type: message.header.msg_type,
        parent: message.parent_header.msg_type,
        state: v.parse(v.optional(v.string(), ''), message.content['execution_state']),
      });
  });
  const run = (code: string): RunningCell => {
    const cell = newCell();
    const msgId = crypto.randomUUID();
    cells.set(msgId, cell.hear);
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true };
    socket.send(
      JSON.stringify({
        header: {
          msg_id: msgId,
          msg_type: 'execute_request',
          session,
          username: 'user',
          date: new Date().toISOString(),
          version: '5.3',
        },
        parent_header: {},
        metadata: {},
        content,
        channel: 'shell',
        buffers: [],
      }),
    );
    return cell;
  };
  const kernel: RealKernel = {
    id,
    run,
    told: async (code) => {
      const end = await run(code).ended;
      if (end.status !== 'ok') throw new Error(`The cell failed: ${end.error ?? ''}\n${end.text}`);
      return end.text;
    },
    strangers,
    state: async () => v.parse(kernelSchema, await (await api(`/${id}`)).json()).execution_state,
    interrupt: async () => void (await api(`/${id}/interrupt`, { method: 'POST' })),
    close: () => socket.close(),
  };
  const until = Date.now() + START_MS;
  // The first cell of a kernel that is not quite there may be lost.
  while (Date.now() < until) {
    const answered = await Promise.race([kernel.told('print("here")'), pause(3000, '')]);
    if (answered.includes('here')) return kernel;
  }
  throw new Error('The kernel did not start');
}

function newCell(): RunningCell & { readonly hear: (message: Message) => void } {
  let text = '';
  let error: string | null = null;
  let reply: { status: string; count: number | null } | null = null;
  let idle = false;
  let heard = (): void => undefined;
  let end: (how: CellEnd) => void = () => undefined;
  const ended = new Promise<CellEnd>((resolve) => {
    end = resolve;
  });
  const hear = ({ header, content }: Message): void => {
    if (header.msg_type === 'stream') text += String(content['text']);
    if (header.msg_type === 'display_data' || header.msg_type === 'update_display_data')
      text += JSON.stringify(content['data']);
    if (header.msg_type === 'error') error = `${String(content['ename'])}: ${String(content['evalue'])}`;
    if (header.msg_type === 'execute_reply') {
      const count = content['execution_count'];
      reply = { status: String(content['status']), count: typeof count === 'number' ? count : null };
    }
    if (header.msg_type === 'status' && content['execution_state'] === 'idle') idle = true;
    heard();
    if (reply !== null && idle) end({ status: reply.status, executionCount: reply.count, text, error });
  };
  const shows = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Never showed ${pattern}: ${text} ${error ?? ''}`)),
        LIMIT_MS,
      );
      const look = (): void => {
        if (!pattern.test(text)) return;
        clearTimeout(timer);
        resolve();
      };
      heard = look;
      look();
    });
  return { hear, ended, text: () => text, shows };
}
