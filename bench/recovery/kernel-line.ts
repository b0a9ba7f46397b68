import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import type { JupyterServer } from '../../e2e/jupyter/server.ts';

/** A kernel of its own for a script, asked over its socket as the documentation has it. */
export interface KernelLine extends AsyncDisposable {
  /** Runs a cell, and waits for its end. Throws when it raises. */
  execute(source: string): Promise<void>;
  /** Sends a cell and does not wait. */
  send(source: string): void;
}

const sessionSchema = v.object({ id: v.string(), kernel: v.object({ id: v.string() }) });
const messageSchema = v.object({
  channel: v.nullish(v.string()),
  msg_type: v.string(),
  parent_header: v.object({ msg_id: v.optional(v.string()) }),
  content: v.object({
    status: v.optional(v.string()),
    ename: v.optional(v.string()),
    evalue: v.optional(v.string()),
  }),
});
type Message = v.InferOutput<typeof messageSchema>;

/** @param path Of the notebook that the kernel is for; its folder is where the kernel works. */
export const openKernel = async (server: JupyterServer, path: string): Promise<KernelLine> => {
  const headers = { authorization: `token ${server.token}` };
  const body = JSON.stringify({ path, name: '', type: 'notebook', kernel: { name: 'python3' } });
  const made = await fetch(`${server.url}api/sessions`, { method: 'POST', headers, body });
  const { id, kernel } = v.parse(sessionSchema, await made.json());
  const address = `${server.url.replace('http', 'ws')}api/kernels/${kernel.id}/channels`;
  const socket = new WebSocket(address, { headers });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

  const waiting = new Map<string, (reply: Message) => void>();
  socket.on('message', (data: Buffer) => {
    const message = v.parse(messageSchema, JSON.parse(data.toString()));
    const asked = message.parent_header.msg_id ?? '';
    if (message.channel !== 'shell') return;
    waiting.get(asked)?.(message);
    waiting.delete(asked);
  });
  const ask = (type: string, content: unknown): Promise<Message> => {
    const msgId = randomUUID();
    const header = { msg_id: msgId, msg_type: type, session: id, username: '', version: '5.3' };
    const reply = new Promise<Message>((resolve) => waiting.set(msgId, resolve));
    socket.send(JSON.stringify({ channel: 'shell', header, parent_header: {}, metadata: {}, content }));
    return reply;
  };
  const run = async (source: string): Promise<void> => {
    const { content } = await ask('execute_request', {
      code: source,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    if (content.status !== 'ok') throw new Error(`${content.ename}: ${content.evalue}`);
  };
  await ask('kernel_info_request', {});
  return {
    execute: run,
    send: (source) => void run(source).catch(() => undefined),
    async [Symbol.asyncDispose]() {
      socket.close();
      await fetch(`${server.url}api/sessions/${id}`, { method: 'DELETE', headers });
    },
  };
};
