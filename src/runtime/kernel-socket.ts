import * as v from 'valibot';
import { type Result, fail, ok } from '../core/result.ts';
import type { DoorFailure } from './door-failure.ts';

/** What we need of a WebSocket. */
export interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export type OpenSocket = (url: string) => Socket;

export interface KernelRequest<Schema extends v.GenericSchema> {
  readonly type: 'execute_request';
  readonly content: Readonly<Record<string, unknown>>;
  readonly schema: Schema;
  readonly timeoutMs: number;
}

/** A kernel's socket, for the moment; see `openKernelSocket`. */
export interface KernelSocket {
  /** Asks on the control channel, and hears the reply to this very request alone. */
  ask<Schema extends v.GenericSchema>(
    request: KernelRequest<Schema>,
  ): Promise<Result<v.InferOutput<Schema>, DoorFailure>>;
  close(): void;
}

const MOST_REPLY_CHARACTERS = 256 * 1024;

const replySchema = v.object({
  channel: v.literal('control'),
  parent_header: v.object({ msg_id: v.string() }),
  content: v.unknown(),
});

interface Waiting {
  readonly id: string;
  readonly hear: (reply: Result<unknown, DoorFailure>) => void;
}

/**
 * Opens a socket of our own to a kernel, beside the page's (`/api/kernels/ID/channels`, plain JSON: the first protocol of
 * jupyter_server, which it speaks when none is asked for). A browser does not say why one could not be opened: `not-allowed`
 * stands for all that is said before it is open.
 */
export async function openKernelSocket(
  open: OpenSocket,
  url: string,
  session: string,
  timeoutMs: number,
): Promise<Result<KernelSocket, DoorFailure>> {
  const socket = open(url);
  let waiting: Waiting | null = null;
  let closed = false;
  const answer = (reply: Result<unknown, DoorFailure>): void => {
    const heard = waiting;
    waiting = null;
    heard?.hear(reply);
  };
  socket.addEventListener('message', ({ data }) => {
    if (waiting === null || typeof data !== 'string') return;
    // A training prints: what is not ours is not even parsed.
    if (!data.includes(waiting.id)) return;
    const reply = replyIn(data, waiting.id);
    if (reply !== null) answer(reply);
  });
  const opened = await new Promise<'open' | 'closed' | 'timeout'>((resolve) => {
    const timer = setTimeout(() => resolve('timeout'), timeoutMs);
    const end = (how: 'open' | 'closed') => (): void => {
      clearTimeout(timer);
      resolve(how);
    };
    socket.addEventListener('open', end('open'));
    for (const type of ['close', 'error'] as const) {
      socket.addEventListener(type, end('closed'));
      socket.addEventListener(type, () => {
        closed = true;
        answer(fail({ kind: 'closed' }));
      });
    }
  });
  if (opened !== 'open') {
    socket.close();
    return fail(opened === 'timeout' ? { kind: 'timeout', afterMs: timeoutMs } : { kind: 'not-allowed' });
  }
  const ask: KernelSocket['ask'] = async ({ type, content, schema, timeoutMs }) => {
    if (closed) return fail({ kind: 'closed' });
    const id = crypto.randomUUID();
    const reply = await new Promise<Result<unknown, DoorFailure>>((resolve) => {
      const timer = setTimeout(() => answer(fail({ kind: 'timeout', afterMs: timeoutMs })), timeoutMs);
      waiting = { id, hear: (heard) => (clearTimeout(timer), resolve(heard)) };
      socket.send(messageOf(id, session, type, content));
    });
    if (!reply.ok) return reply;
    const accepted = v.safeParse(schema, reply.value);
    return accepted.success ? ok(accepted.output) : fail({ kind: 'not-understood' });
  };
  return ok({ ask, close: () => socket.close() });
}

/** `null`: it is about something else, or a status that only names our request. */
function replyIn(data: string, id: string): Result<unknown, DoorFailure> | null {
  if (data.length > MOST_REPLY_CHARACTERS)
    return data.includes('"channel": "control"') ? fail({ kind: 'too-large' }) : null;
  const message = v.safeParse(replySchema, parse(data));
  return message.success && message.output.parent_header.msg_id === id ? ok(message.output.content) : null;
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** Jupyter's message protocol 5.3, as it goes over a socket without a protocol of its own. */
const messageOf = (id: string, session: string, type: string, content: unknown): string =>
  JSON.stringify({
    header: {
      msg_id: id,
      msg_type: type,
      session,
      username: 'holdfast',
      date: new Date().toISOString(),
      version: '5.3',
    },
    parent_header: {},
    metadata: {},
    content,
    channel: 'control',
    buffers: [],
  });
