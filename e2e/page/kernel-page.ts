import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** Protocol that JupyterLab 4 asks for; a server that does not know it answers without, and JSON text is spoken. */
const V1 = 'v1.kernel.websocket.jupyter.org';

export interface KernelPage extends AsyncDisposable {
  readonly url: string;
  /** Every frame the server sent, as base64, in order. */
  readonly sent: readonly string[];
}

/**
 * A page of our own and a kernel socket that says exactly what it is told, for what a real server can't be made to
 * say: frames whose every byte is known, and frames that are broken.
 */
export const serveKernelPage = async (
  html: string,
  frames: readonly (string | Buffer)[],
): Promise<KernelPage> => {
  const server = createServer((request, response) => {
    const isPage = request.url === '/page.html';
    response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(isPage ? html : '');
  });
  const sockets = new WebSocketServer({ server, handleProtocols: (asked) => (asked.has(V1) ? V1 : false) });
  sockets.on('connection', (socket) => {
    socket.once('message', () => {
      for (const frame of frames) socket.send(frame);
      socket.close(1000);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return {
    url: `http://127.0.0.1:${port}/page.html`,
    sent: frames.map((frame) => Buffer.from(frame).toString('base64')),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      // A browser keeps its connections open as long as it lives.
      server.closeAllConnections();
      await closed;
    },
  };
};

const addressOf = (address: AddressInfo | string | null): AddressInfo => {
  if (address === null || typeof address === 'string') throw new Error('the page server has no port');
  return address;
};

/** A message as the legacy protocol sends it. */
export const jsonFrame = (type: string, content: object, parentId = 'request-1'): string =>
  JSON.stringify({ channel: 'iopub', ...parts(type, parentId), content, buffers: [] });

/** The same in the binary protocol (jupyter_server documentation, "WebSocket kernel wire protocols"). */
export const binaryFrame = (type: string, content: object, parentId = 'request-1'): Buffer => {
  const { header, parent_header, metadata } = parts(type, parentId);
  const texts = ['iopub', ...[header, parent_header, metadata, content].map((part) => JSON.stringify(part))];
  const bodies = texts.map((text) => Buffer.from(text));
  const head = Buffer.alloc(8 * (bodies.length + 2));
  head.writeBigUInt64LE(BigInt(bodies.length + 1), 0);
  let offset = head.length;
  for (const [index, body] of [...bodies, Buffer.alloc(0)].entries()) {
    head.writeBigUInt64LE(BigInt(offset), 8 * (index + 1));
    offset += body.length;
  }
  return Buffer.concat([head, ...bodies]);
};

/** A message with a buffer as the legacy protocol sends it: big-endian offsets, the JSON, the buffer. */
export const legacyBinaryFrame = (type: string, content: object, parentId = 'request-1'): Buffer => {
  const json = Buffer.from(jsonFrame(type, content, parentId));
  const head = Buffer.alloc(12);
  head.writeUInt32BE(2, 0);
  head.writeUInt32BE(12, 4);
  head.writeUInt32BE(12 + json.length, 8);
  return Buffer.concat([head, json, Buffer.from([1, 2, 3])]);
};

const parts = (type: string, parentId: string) => ({
  header: {
    msg_id: `${type}-${parentId}`,
    msg_type: type,
    session: 's',
    username: '',
    version: '5.3',
    date: '',
  },
  parent_header: {
    msg_id: parentId,
    msg_type: 'execute_request',
    session: 's',
    username: '',
    version: '5.3',
    date: '',
  },
  metadata: {},
});

/** The Trainer's display after `step` finished steps, as Transformers 5 draws it. */
export const trainerTable = (step: number, total: number): object => ({
  data: {
    'text/html': `<div><progress value='${step + 1}' max='${total}' style='width:300px; height:20px; vertical-align: middle;'></progress> [${step + 1}/${total} 00:07 < 00:02, 64.00 it/s, Epoch 0.80/3]</div>`,
    'text/plain': '<IPython.core.display.HTML object>',
  },
  metadata: {},
  transient: { display_id: 'd' },
});
