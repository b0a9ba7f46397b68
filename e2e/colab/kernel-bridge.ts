import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as v from 'valibot';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import type { Machine } from './machine.ts';
import type { Asker } from './record.ts';
import type { World } from './world.ts';

/** The binary protocol of jupyter_server 2 ("WebSocket kernel wire protocols" in its documentation). */
const V1 = 'v1.kernel.websocket.jupyter.org';

export type KernelBridge = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  to: { readonly machine: Machine; readonly path: string; readonly by: Asker },
) => void;

/** Joins a browser's kernel socket to the machine's Jupyter server, and notes what is executed. */
export const newKernelBridge = (world: World): KernelBridge => {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (asked) => (asked.has(V1) ? V1 : false),
  });
  return (request, socket, head, { machine, path, by }) => {
    server.handleUpgrade(request, socket, head, (page) => {
      const kernel = new WebSocket(
        `ws://127.0.0.1:${machine.port}${path}`,
        page.protocol === '' ? [] : [page.protocol],
        { headers: { authorization: `token ${machine.serverToken}` } },
      );
      world.kernelSockets.add(page);
      page.on('message', (data) => {
        const code = executedCode(bytesOf(data), page.protocol === V1);
        if (code !== null) world.record.executions.push({ at: Date.now(), by, ...code });
      });
      join(page, kernel);
      page.on('close', () => world.kernelSockets.delete(page));
    });
  };
};

const join = (page: WebSocket, kernel: WebSocket): void => {
  const early: { data: RawData; binary: boolean }[] = [];
  page.on('message', (data, binary) => {
    if (kernel.readyState === WebSocket.OPEN) kernel.send(data, { binary });
    else early.push({ data, binary });
  });
  kernel.on('open', () => {
    for (const { data, binary } of early.splice(0)) kernel.send(data, { binary });
  });
  kernel.on('message', (data, binary) => page.send(data, { binary }));
  kernel.on('error', () => page.terminate());
  page.on('error', () => kernel.terminate());
  kernel.on('close', () => page.terminate());
  page.on('close', () => kernel.close());
};

const Request = v.object({ header: v.object({ msg_type: v.literal('execute_request') }) });
const Content = v.object({ code: v.string(), silent: v.optional(v.boolean(), false) });

const executedCode = (frame: Buffer, isV1: boolean): v.InferOutput<typeof Content> | null => {
  const { header, content } = isV1 ? partsOfV1(frame) : partsOfJson(frame);
  if (!v.is(Request, { header })) return null;
  const parsed = v.safeParse(Content, content);
  return parsed.success ? parsed.output : null;
};

interface Parts {
  readonly header: unknown;
  readonly content: unknown;
}

const nothing: Parts = { header: null, content: null };

const partsOfJson = (frame: Buffer): Parts => {
  const parsed = v.safeParse(
    v.object({ header: v.unknown(), content: v.unknown() }),
    parsedJson(frame.toString()),
  );
  return parsed.success ? { header: parsed.output.header, content: parsed.output.content } : nothing;
};

/** A count of offsets, the offsets, then channel, header, parent header, metadata, content and buffers. */
const partsOfV1 = (frame: Buffer): Parts => {
  if (frame.length < 8) return nothing;
  const count = Number(frame.readBigUInt64LE(0));
  if (count < 6 || frame.length < 8 * (count + 1)) return nothing;
  const offsets = Array.from({ length: count }, (_, index) => Number(frame.readBigUInt64LE(8 * (index + 1))));
  const part = (index: number) => parsedJson(frame.subarray(offsets[index], offsets[index + 1]).toString());
  return { header: part(1), content: part(4) };
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const bytesOf = (data: RawData): Buffer => {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
};
