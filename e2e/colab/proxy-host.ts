import { statfs } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { forward } from './forward.ts';
import type { KernelBridge } from './kernel-bridge.ts';
import type { Machine } from './machine.ts';
import { pageOrigin } from './options.ts';
import { askerOf, type Asked } from './asked.ts';
import type { World } from './world.ts';

const TOKEN = 'colab-runtime-proxy-token';

/** The runtime proxy, `8080-<endpoint>….prod.colab.dev`: HTTP. */
export const serveProxy = async (
  world: World,
  asked: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const headers = crossOrigin(request);
  if (request.method === 'OPTIONS') return void response.writeHead(204, headers).end();
  const machine = machineAt(world, asked);
  const refuse = (status: number) => void response.writeHead(status, headers).end();
  if (machine === null) return refuse(404);
  if (!holdsToken(world, asked, request, machine)) return refuse(401);
  if (!mayBeAsked(world, asked.url.pathname)) return refuse(404);
  const prefix = world.options.xssiPrefix ? ")]}'\n" : '';
  if (asked.url.pathname === '/api/colab/resources') {
    response.writeHead(200, { ...headers, 'content-type': 'application/json' });
    return void response.end(`${prefix}${JSON.stringify(await resources(machine))}`);
  }
  forward(request, response, machine, { path: pathForServer(asked.url), prefix, headers });
};

/** The runtime proxy: the kernel's socket. */
export const openKernelSocket = (
  world: World,
  bridge: KernelBridge,
  asked: Asked,
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
): void => {
  const machine = machineAt(world, asked);
  const isChannels = /^\/api\/kernels\/[\w-]+\/channels$/.test(asked.url.pathname);
  if (machine === null || !isChannels) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  if (!holdsToken(world, asked, request, machine)) {
    return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
  }
  const by = askerOf(asked.url, world);
  if (by === 'other' && world.options.foreignSockets === 'refused') {
    return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  }
  bridge(request, socket, head, { machine, path: pathForServer(asked.url), by });
};

const machineAt = (world: World, { host }: Asked): Machine | null => {
  const machine = world.machine();
  return machine !== null && machine.proxyHost === host ? machine : null;
};

const holdsToken = (world: World, { url }: Asked, request: IncomingMessage, machine: Machine): boolean => {
  const header = request.headers[`x-${TOKEN}`];
  const token = typeof header === 'string' ? header : url.searchParams.get(TOKEN);
  return world.tokens.isGood(token, machine.managedId);
};

const mayBeAsked = ({ options }: World, path: string): boolean =>
  options.files === 'proxy' || !/^\/(?:files|api\/contents)(?:\/|$)/.test(path);

/** What is between the browser and the proxy stays out of the Jupyter server's log. */
export const pathForServer = (url: URL): string => {
  const query = new URLSearchParams(url.searchParams);
  query.delete(TOKEN);
  query.delete('authuser');
  return query.size === 0 ? url.pathname : `${url.pathname}?${query.toString()}`;
};

/** The Colab page may read the answers, others not: an extension reads them by its host permission. */
const crossOrigin = ({ headers }: IncomingMessage): Record<string, string> =>
  headers.origin === pageOrigin
    ? {
        'access-control-allow-origin': pageOrigin,
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': 'content-type, range, x-colab-runtime-proxy-token',
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-expose-headers': 'content-range, x-file-size',
        vary: 'Origin',
      }
    : { vary: 'Origin' };

const resources = async ({ contentDir, memory }: Machine) => {
  const disk = await statfs(contentDir);
  const totalBytes = disk.blocks * disk.bsize;
  const usedBytes = totalBytes - disk.bavail * disk.bsize;
  return {
    memory: memory(),
    disks: [{ filesystem: { label: 'kernel', totalBytes, usedBytes } }],
    gpus: [],
  };
};
