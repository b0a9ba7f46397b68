import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { askedOf, noteRequest, type Asked } from './asked.ts';
import { selfSigned } from './certificate.ts';
import { serveControls } from './controls-page.ts';
import { serveFrame } from './frame-host.ts';
import { newKernelBridge } from './kernel-bridge.ts';
import { frameDomain, pageHost, proxyDomain } from './options.ts';
import { servePageHost } from './page-host.ts';
import { openKernelSocket, serveProxy } from './proxy-host.ts';
import type { Controls } from './controls.ts';
import type { World } from './world.ts';

export interface TlsServer {
  readonly port: number;
  /** The network between browser and Google: cut, every connection breaks and no new one comes about. */
  readonly cut: (isCut: boolean) => void;
  readonly close: () => Promise<void>;
}

/** One server for all hosts; the Host header tells which is meant. */
export const listen = async (world: World, controls: Controls): Promise<TlsServer> => {
  const server = createServer(await selfSigned());
  const bridge = newKernelBridge(world);
  const sockets = new Set<Duplex>();
  const network = { cut: false };
  server.on('connection', (socket: Duplex) => {
    // A browser breaks off connections as it likes.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    sockets.add(socket);
    if (network.cut) socket.destroy();
  });
  server.on('request', (request, response) => {
    const asked = askedOf(request);
    const noteStatus = noteRequest(world, request, asked, false);
    response.once('finish', () => noteStatus(response.statusCode));
    route(world, controls, asked, request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const asked = askedOf(request);
    noteRequest(world, request, asked, true);
    socket.on('error', () => undefined);
    if (asked.host.endsWith(proxyDomain)) openKernelSocket(world, bridge, asked, { request, socket, head });
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: portOf(server.address()),
    cut: (isCut) => {
      network.cut = isCut;
      if (isCut) breakAll();
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      breakAll();
      await closed;
    },
  };
};

const route = async (
  world: World,
  controls: Controls,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { host } = asked;
  if (host === pageHost) return servePageHost(world, asked, request, response);
  if (host.endsWith(`-colab${frameDomain}`)) return serveFrame(world, asked, response);
  if (host.endsWith(proxyDomain)) return serveProxy(world, asked, request, response);
  if (host === 'localhost') return serveControls(controls, asked, request, response);
  response.writeHead(404).end();
};

const portOf = (address: object | string | null): number => {
  if (address === null || typeof address === 'string' || !('port' in address)) throw new Error('no port');
  return Number(address.port);
};
