import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { exchangeHere, type ExchangeWish } from './socket-exchange.ts';

const wish = (port: number, timeoutMs = 5000): ExchangeWish => ({
  url: `ws://127.0.0.1:${port}/`,
  message: 'save',
  id: 'id-1',
  timeoutMs,
  mostCharacters: 200,
});

const portOf = (address: unknown): number =>
  typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : Number.NaN;

/** A kernel's socket that answers the first message with these. */
const kernelThatSays = async (...answers: readonly (string | Buffer)[]) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const heard: string[] = [];
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      heard.push(data instanceof Buffer ? data.toString('utf8') : 'no text');
      for (const answer of answers) socket.send(answer);
    }),
  );
  await new Promise((resolve) => server.once('listening', resolve));
  return { port: portOf(server.address()), heard, server };
};

const reply = (id: string, more: object = {}): string =>
  JSON.stringify({ channel: 'control', parent_header: { msg_id: id }, ...more });

beforeEach(() => vi.stubGlobal('WebSocket', WebSocket));
afterEach(() => vi.unstubAllGlobals());

test('the reply to what was said is heard, and what a training prints meanwhile is not', async () => {
  const others = [reply('id-2'), 'id-1 in no JSON', '{"text": "id-1"}', Buffer.from('id-1')];
  const kernel = await kernelThatSays(...others, reply('id-1'));
  expect(await exchangeHere(wish(kernel.port))).toEqual({ kind: 'reply', text: reply('id-1') });
  expect(kernel.heard).toEqual(['save']);
  kernel.server.close();
});

test('a reply that never comes, and one without an end, are told', async () => {
  const silent = await kernelThatSays();
  expect(await exchangeHere(wish(silent.port, 100))).toEqual({ kind: 'timeout' });
  silent.server.close();
  const long = await kernelThatSays(`{"channel": "control", "x": "${'id-1'.repeat(100)}"}`);
  expect(await exchangeHere(wish(long.port))).toEqual({ kind: 'too-large' });
  long.server.close();
});

test('a socket that is refused, and one that something lets wait, never opened: nothing was said', async () => {
  const sockets: Socket[] = [];
  const heard: string[] = [];
  const silent = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => heard.push(String(bytes)));
  });
  const hangs = await new Promise<number>((resolve) =>
    silent.listen(0, '127.0.0.1', () => resolve(portOf(silent.address()))),
  );
  expect(await exchangeHere(wish(hangs, 100))).toEqual({ kind: 'refused' });
  expect(heard.join('')).not.toContain('save');
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
  expect(await exchangeHere(wish(hangs)), 'nobody there any more').toEqual({ kind: 'refused' });
});
