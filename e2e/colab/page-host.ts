import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { Asked } from './asked.ts';
import { forward } from './forward.ts';
import { bundled } from './page-bundle.ts';
import { frameDomain } from './options.ts';
import { pageStyle } from './page-style.ts';
import { pathForServer } from './proxy-host.ts';
import { Ack, Click, DriveFile, type Boot } from './wire.ts';
import type { World } from './world.ts';

/** `colab.research.google.com`: the notebook's page, the tunnel, and the stand-in's talk with its page. */
export const servePageHost = async (
  world: World,
  { url }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (url.pathname === `/drive/${world.options.driveId}`) return servePage(world, response);
  if (url.pathname.startsWith('/tun/m/')) return serveTunnel(world, url, request, response);
  if (url.pathname === '/stand-in/events') return world.line.accept(response);
  const answer = talk[`${request.method ?? 'GET'} ${url.pathname}`];
  if (answer === undefined) return void response.writeHead(404).end();
  const body = request.method === 'GET' ? null : await jsonOf(request);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify((await answer(world, body)) ?? null));
};

const talk: Readonly<Record<string, (world: World, body: unknown) => unknown>> = {
  'POST /stand-in/connect': (world) => world.lend(),
  'GET /stand-in/machine': (world) => world.machineState(),
  'POST /stand-in/token': (world) => ({ token: world.tokens.issue(world.machine()?.managedId ?? '') }),
  'POST /stand-in/ack': (world, body) => world.line.acknowledge(v.parse(Ack, body)),
  'POST /stand-in/click': (world, body) => {
    world.record.clicks.push({ at: Date.now(), ...v.parse(Click, body) });
  },
  'PUT /stand-in/drive': (world, body) => {
    world.drive = v.parse(DriveFile, body);
  },
};

const servePage = async (world: World, response: ServerResponse): Promise<void> => {
  const nonce = randomBytes(12).toString('base64');
  const { options } = world;
  const boot: Boot = {
    name: options.name,
    language: options.language,
    text: options.text,
    insert: options.insert,
    pageObjects: options.pageObjects,
    files: options.files,
    outputFramesBlocked: options.outputFramesBlocked,
    oldDialogTags: options.oldDialogTags,
    kernelProtocol: options.kernelProtocol,
    kernelSocket: options.kernelSocket,
    frameDomain,
    lent: world.machine() !== null,
    notebook: world.drive,
  };
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `script-src 'nonce-${nonce}' 'strict-dynamic'; object-src 'none'; base-uri 'self'`,
    'set-cookie': `SID=${world.cookie}; Path=/; Secure; HttpOnly`,
  });
  response.end(`<!doctype html>
<html lang="${options.language}" theme="${options.theme}">
<head>
<meta charset="utf-8">
<title>${escaped(options.name)} - Colab</title>
<style>${pageStyle}</style>
</head>
<body>
<script type="application/json" id="stand-in-boot">${JSON.stringify(boot).replaceAll('<', String.raw`\u003c`)}</script>
<script nonce="${nonce}">${await bundled('main')}</script>
</body>
</html>`);
};

const TUNNEL = /^\/tun\/m\/([\w-]+)(\/.*)$/;

/** Sessions and kernels are served in any case; the rest where the options say that files come this way. */
const serveTunnel = (world: World, url: URL, request: IncomingMessage, response: ServerResponse): void => {
  const [, endpoint, path = ''] = TUNNEL.exec(url.pathname) ?? [];
  const refuse = (status: number) => void response.writeHead(status).end();
  if (request.headers['x-colab-tunnel'] !== 'Google') return refuse(403);
  if (!(request.headers.cookie ?? '').split('; ').includes(`SID=${world.cookie}`)) return refuse(401);
  const machine = world.machine();
  if (machine === null || endpoint !== machine.managedId) return refuse(404);
  const isKnown = /^\/api\/(?:sessions|kernels)(?:\/|$)/.test(path);
  if (!isKnown && world.options.files !== 'tunnel') return refuse(404);
  forward(request, response, machine, {
    path: pathForServer(url).replace(`/tun/m/${endpoint}`, ''),
    prefix: world.options.xssiPrefix ? ")]}'\n" : '',
    headers: {},
  });
};

const jsonOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString());
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
