import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { listFolder, stat } from './contents.ts';
import { putBytes, remove, rename } from './contents-changes.ts';
import { explainRefusal } from './explain.ts';
import type { RuntimeFailure } from './failure.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { readRange } from './files.ts';
import { request } from './http.ts';
import { refusalOf } from './json-reply.ts';
import { kernelStatus, serverStartedAt } from './kernels.ts';
import type { ServerAddress } from './server-address.ts';
import { listSessions } from './sessions.ts';
import { statWithHash } from './stat-with-hash.ts';

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

async function serve(answer: Answer): Promise<FaultyServer> {
  const server = await startFaultyServer((request, response) => answer(response, request));
  open.push(server);
  return server;
}

const answer =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

const html = { 'Content-Type': 'text/html; charset=UTF-8' };
const folder = JSON.stringify({ type: 'directory', content: [] });

describe('listFolder', () => {
  test.each<[string, Answer, RuntimeFailure]>([
    ['401', answer(401), { kind: 'signed-out' }],
    ['403 on every route', answer(403, '{"message": "Forbidden"}'), { kind: 'signed-out' }],
    [
      '403 on this folder only',
      (response, { url }) =>
        void response.writeHead(url?.startsWith('/api/status') === true ? 200 : 403).end('{}'),
      { kind: 'forbidden' },
    ],
    ['404', answer(404), { kind: 'not-found' }],
    ['400: a file there', answer(400, '{"reason": "bad type"}'), { kind: 'not-found' }],
    ['409', answer(409), { kind: 'conflict' }],
    ['413', answer(413), { kind: 'too-large' }],
    ['424: JupyterHub, server not running', answer(424), { kind: 'server-stopped' }],
    [
      '429, seconds',
      answer(429, '', { 'Retry-After': '7' }),
      { kind: 'too-many-requests', retryAfterMs: 7000 },
    ],
    [
      '429, a date gone by',
      answer(429, '', { 'Retry-After': 'Mon, 01 Jan 2024 00:00:00 GMT' }),
      { kind: 'too-many-requests', retryAfterMs: 0 },
    ],
    [
      '429, no word',
      answer(429, '', { 'Retry-After': 'soon' }),
      { kind: 'too-many-requests', retryAfterMs: null },
    ],
    ['500', answer(500, '<h1>x</h1>', html), { kind: 'server-error', status: 500 }],
    ['507', answer(507), { kind: 'disk-full' }],
    ['502', answer(502, '', html), { kind: 'server-error', status: 502 }],
    ['a redirect to the login page', answer(302, '', { Location: '/login?next=x' }), { kind: 'signed-out' }],
    [
      'a redirect to another origin',
      answer(302, '', { Location: 'https://sso.invalid/' }),
      { kind: 'signed-out' },
    ],
    [
      'a login page in place of JSON',
      answer(200, '<!doctype html><input type="password">', html),
      { kind: 'signed-out' },
    ],
    [
      'some other page in place of JSON',
      answer(200, '<!doctype html><h1>Hello</h1>', html),
      { kind: 'not-understood', status: 200 },
    ],
    [
      'JSON of another shape',
      answer(200, '{"type": "file", "content": "x"}'),
      { kind: 'not-understood', status: 200 },
    ],
    ['half a JSON', answer(200, folder.slice(0, -3)), { kind: 'not-understood', status: 200 }],
    [
      'bytes that are no text',
      (response) => void response.end(new Uint8Array([0x22, 0xff, 0x22])),
      { kind: 'not-understood', status: 200 },
    ],
    ['a connection that breaks', (response) => void response.destroy(), { kind: 'unreachable' }],
    [
      'a body that breaks off',
      (response) => {
        response.writeHead(200, { 'Content-Length': '1000' }).write(folder);
        setTimeout(() => response.destroy(), 20);
      },
      { kind: 'unreachable' },
    ],
    ['no answer', () => undefined, { kind: 'stalled', afterMs: 150 }],
    [
      'a body that stops coming',
      (response) => void response.writeHead(200).write('{"type":'),
      { kind: 'stalled', afterMs: 150 },
    ],
  ])('%s', async (_, fault, failure) => {
    const { address } = await serve(fault);
    // On a machine that is busy otherwise an answer can take longer than a stall does here.
    const stallMs = failure.kind === 'stalled' ? failure.afterMs : 10_000;
    expect(await listFolder(address, 'out', { stallMs })).toEqual({ ok: false, failure });
  });

  test('a server that is not there', async () => {
    const server = await startFaultyServer(() => undefined);
    await server[Symbol.asyncDispose]();
    expect(await listFolder(server.address, 'out')).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  test('a slow body that keeps coming is no stall', async () => {
    const { address } = await serve((response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write(folder.charAt(sent));
        sent += 1;
        if (sent < folder.length) return;
        clearInterval(timer);
        response.end();
      }, 10);
    });
    expect((await listFolder(address, 'out', { stallMs: 1000 })).ok).toBe(true);
  });

  test('strips the prefix that keeps JSON from being run', async () => {
    const { address } = await serve(answer(200, `)]}'\n${folder}`));
    expect(await listFolder(address, 'out')).toEqual({ ok: true, value: { path: 'out', entries: [] } });
  });

  test('leaves out entries it does not know, and reads times and sizes', async () => {
    const content = [
      { name: 'a.pt', type: 'file', size: 5, last_modified: '2026-11-23T23:44:34.242137Z' },
      { name: 'b', type: 'directory', size: null, last_modified: '2026-11-23T23:44:34Z' },
      { name: 'c.ipynb', type: 'notebook' },
      { name: 'd', type: 'socket', size: 1 },
      { name: 'e', type: 'file', size: -1 },
      'f',
    ];
    const { address } = await serve(answer(200, JSON.stringify({ type: 'directory', content })));
    expect(await listFolder(address, 'out')).toEqual({
      ok: true,
      value: {
        path: 'out',
        entries: [
          { name: 'a.pt', kind: 'file', sizeBytes: 5, modifiedAt: Date.UTC(2026, 10, 23, 23, 44, 34, 242) },
          { name: 'b', kind: 'directory', sizeBytes: null, modifiedAt: Date.UTC(2026, 10, 23, 23, 44, 34) },
          { name: 'c.ipynb', kind: 'file', sizeBytes: null, modifiedAt: null },
        ],
      },
    });
  });

  test('never asks for a path with dots', async () => {
    const server = await serve(answer(200, folder));
    expect(await listFolder(server.address, '../etc')).toEqual({ ok: false, failure: { kind: 'not-found' } });
    expect(server.requests).toEqual([]);
  });

  test('ends when the caller says so', async () => {
    const { address } = await serve(() => undefined);
    const signal = AbortSignal.timeout(50);
    expect(await listFolder(address, 'out', { signal })).toEqual({ ok: false, failure: { kind: 'aborted' } });
  });
});

describe('request', () => {
  test('sends the token with this request, and no other', async () => {
    const server = await serve(answer(200, 'x'));
    const url = new URL(server.address.origin);
    await request(url, { maxBytes: 10, token: 'abc' });
    await request(url, { maxBytes: 10 });
    await request(url, { maxBytes: 10, token: 'a\r\nX: y' });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'token abc',
      undefined,
      undefined,
    ]);
  });

  test('refuses or cuts a body that is too long', async () => {
    const { address } = await serve(answer(200, 'x'.repeat(100_000)));
    const url = new URL(address.origin);
    expect(await request(url, { maxBytes: 99_999 })).toEqual({ ok: false, failure: { kind: 'too-large' } });
    const exact = await request(url, { maxBytes: 100_000 });
    expect(exact.ok && exact.value.cut).toBe(false);
    const cut = await request(url, { maxBytes: 10, longer: 'cut' });
    expect(cut.ok && cut.value.cut && cut.value.bytes.length).toBe(10);
  });
});

describe('what a refusal says', () => {
  const ask = async (fault: Answer, explain = explainRefusal) => {
    const { address } = await serve(fault);
    const reply = await request(new URL(address.origin), { maxBytes: 10, stallMs: 1000, explain });
    return reply.ok ? null : reply.failure;
  };

  test.each<[string, Answer, RuntimeFailure]>([
    [
      'no proof of the page',
      answer(403, `{"message": "'_xsrf' argument missing from POST"}`),
      { kind: 'cross-site' },
    ],
    [
      'another proof',
      answer(403, '{"message": "XSRF cookie does not match POST argument"}'),
      { kind: 'cross-site' },
    ],
    ['no Referer', answer(403, '<p>Blocking request from unknown origin</p>', html), { kind: 'cross-site' }],
    [
      'another Referer',
      answer(403, 'Blocking Cross Origin request from https://a.example.'),
      { kind: 'cross-site' },
    ],
    ['a file of somebody else', answer(403, '{"message": "Permission denied: a.pt"}'), { kind: 'forbidden' }],
    ['nothing', answer(403), { kind: 'forbidden' }],
    ['the same with another status', answer(500, 'unknown origin'), { kind: 'server-error', status: 500 }],
    [
      'half of it, before the line broke',
      (response) => {
        response.writeHead(403, { 'Content-Length': '1000' }).write('unknown ');
        setTimeout(() => response.destroy(), 20);
      },
      { kind: 'forbidden' },
    ],
  ])('%s', async (_, fault, failure) => {
    expect(await ask(fault)).toEqual(failure);
  });

  test('is read up to a bound', async () => {
    let length = 0;
    await ask(answer(500, 'x'.repeat(1_000_000)), (_, text) => {
      length = text.length;
      return null;
    });
    expect(length).toBe(16 * 1024);
  });

  test('is worth nothing to who is not logged in', async () => {
    const refusals: RuntimeFailure[] = [{ kind: 'forbidden' }, { kind: 'cross-site' }];
    const told = async (status: number) => {
      const { address } = await serve(answer(status, '{}'));
      return Promise.all(refusals.map((refused) => refusalOf(address, 'files', refused, {})));
    };
    expect(await told(403)).toEqual([{ kind: 'signed-out' }, { kind: 'signed-out' }]);
    expect(await told(200)).toEqual(refusals);
    // Asked from another site, a server denies all of its routes.
    expect(await told(404)).toEqual(refusals);
    expect(await told(502)).toEqual(refusals.map(() => ({ kind: 'server-error', status: 502 })));
  });
});

describe('what a refused change says', () => {
  const saving = (error: string) =>
    `{"message": "Unexpected error while saving file: a.pt ${error}", "reason": null}`;

  // As jupyter_server 1.16 to 2.21 answered, but for those of other systems.
  test.each<[string, number, string, RuntimeFailure]>([
    ['a full disk', 500, saving('[Errno 28] No space left on device'), { kind: 'disk-full' }],
    [
      'a full disk of Windows',
      500,
      saving('[WinError 112] There is not enough space'),
      { kind: 'disk-full' },
    ],
    ['a user with no share left', 500, saving('[Errno 122] Disk quota exceeded'), { kind: 'disk-full' }],
    ['the same on a Mac', 500, saving('[Errno 69] Disc quota exceeded'), { kind: 'disk-full' }],
    [
      'no room for the trash',
      400,
      '{"message": "send2trash failed: [Errno 28] No space left"}',
      { kind: 'disk-full' },
    ],
    ['more than a file may have', 500, saving('[Errno 27] File too large'), { kind: 'too-large' }],
    ['a request that is too long', 400, '', { kind: 'too-large' }],
    ['the same by a proxy', 413, '<html>', { kind: 'too-large' }],
    ['a disk to read from', 500, saving('[Errno 30] Read-only file system'), { kind: 'forbidden' }],
    ['a folder of somebody else', 403, '{"message": "Permission denied: a.pt"}', { kind: 'forbidden' }],
    ['a hidden name', 400, `{"message": "Cannot create file or directory '.a'"}`, { kind: 'forbidden' }],
    ['no folder', 500, saving(`[Errno 2] No such file or directory: '/x/a.pt'`), { kind: 'not-found' }],
    [
      'a backup that was not made',
      500,
      saving(`[Errno 2] No such file or directory: '/x/.~a.pt' -> '/x/a.pt'`),
      { kind: 'server-error', status: 500 },
    ],
    ['a file for a folder', 400, '{"message": "Not a directory: /x/a.pt"}', { kind: 'conflict' }],
    ['the same further down', 500, saving(`[Errno 20] Not a directory: '/x/a.pt/b'`), { kind: 'conflict' }],
    ['a name that is taken', 409, '{"message": "File already exists: a.pt"}', { kind: 'conflict' }],
    ['another site', 404, '{"message": "Not Found", "reason": null}', { kind: 'cross-site' }],
    ['nothing there', 404, '{"message": "File or directory does not exist: a.pt"}', { kind: 'not-found' }],
    ['no page there', 404, '<title>404 : Not Found</title>', { kind: 'not-found' }],
    ['something else', 500, '{"message": "Unhandled error"}', { kind: 'server-error', status: 500 }],
    ['something else about the request', 400, '{"message": "bad"}', { kind: 'not-understood', status: 400 }],
    ['a proxy', 502, '<html>', { kind: 'server-error', status: 502 }],
  ])('%s', async (_, status, text, failure) => {
    const { address } = await serve((response, { url }) =>
      url?.startsWith('/api/status') === true
        ? void response.end('{}')
        : void response.writeHead(status).end(text),
    );
    expect(await rename(address, 'a.pt', 'b.pt', { stallMs: 1000 })).toEqual({ ok: false, failure });
  });

  test('an own file is removed, another never', async () => {
    const server = await serve(answer(204));
    await expect(remove(server.address, 'a.pt', {})).rejects.toThrow('Not ours');
    expect(server.requests).toEqual([]);
    expect(await remove(server.address, 'a.pt.holdfast-part', {})).toEqual({ ok: true, value: null });
    expect(server.requests.length).toBe(1);
  });
});

test('the prefix that keeps JSON from being run, and too much of it, wherever JSON is read', async () => {
  const time = '2026-11-23T23:44:34.242137Z';
  const kernel = { id: 'k', execution_state: 'idle', last_activity: time };
  const file = { name: 'a', type: 'file', size: 1, last_modified: time };
  const readers: readonly [object, (address: ServerAddress) => Promise<{ readonly ok: boolean }>][] = [
    [{ type: 'directory', content: [] }, (address) => listFolder(address, 'out')],
    [file, (address) => stat(address, 'a')],
    [{ ...file, hash: 'x' }, (address) => statWithHash(address, 'a', 1)],
    [file, (address) => rename(address, 'a', 'b')],
    [file, (address) => putBytes(address, 'a', new Uint8Array(1), 'whole', {})],
    [kernel, (address) => kernelStatus(address, 'k')],
    [{ started: time }, (address) => serverStartedAt(address)],
    [[{ path: 'x.ipynb', kernel }], (address) => listSessions(address)],
  ];
  for (const [reply, read] of readers) {
    const text = JSON.stringify(reply);
    const { address } = await serve(answer(200, `)]}'\n${text}`));
    expect((await read(address)).ok, text).toBe(true);
    const endless = await serve((response) => {
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(1 << 20)));
      };
      response.on('drain', more);
      more();
    });
    expect(await read(endless.address), text).toEqual({ ok: false, failure: { kind: 'too-large' } });
  }
});

describe('readRange', () => {
  const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);
  const file = '0123456789';

  test('takes the range a server sends', async () => {
    const server = await serve(answer(206, '789', { 'Content-Range': 'bytes 7-9/10' }));
    const read = await readRange(server.address, 'a b.pt', { from: 7, to: 10 }, 10);
    expect(read.ok && { ...read.value, bytes: text(read.value.bytes) }).toEqual({
      bytes: '789',
      totalBytes: 10,
      way: 'range',
    });
    expect(server.requests[0]).toMatchObject({ url: '/files/a%20b.pt', headers: { range: 'bytes=7-9' } });
  });

  test.each<[string, Answer, RuntimeFailure]>([
    [
      'another range',
      answer(206, '678', { 'Content-Range': 'bytes 6-8/10' }),
      { kind: 'not-understood', status: 206 },
    ],
    ['no Content-Range', answer(206, '789'), { kind: 'not-understood', status: 206 }],
    [
      'fewer bytes than it says',
      answer(206, '78', { 'Content-Range': 'bytes 7-9/10' }),
      { kind: 'unreachable' },
    ],
    [
      'more bytes than asked for',
      answer(206, file, { 'Content-Range': 'bytes 7-9/10' }),
      { kind: 'not-understood', status: 206 },
    ],
    ['416', answer(416, '', { 'Content-Range': 'bytes */3' }), { kind: 'conflict' }],
    ['a login redirect', answer(302, '', { Location: '/login' }), { kind: 'signed-out' }],
    ['404', answer(404), { kind: 'not-found' }],
    ['403 here and on the other route', answer(403), { kind: 'signed-out' }],
  ])('%s', async (_, fault, failure) => {
    const { address } = await serve(fault);
    expect(await readRange(address, 'a.pt', { from: 7, to: 10 }, 10)).toEqual({ ok: false, failure });
  });

  test('a server that ignores ranges is read up to the end of the range', async () => {
    const { address } = await serve(answer(200, file, { 'Content-Length': '10' }));
    const read = await readRange(address, 'a.pt', { from: 2, to: 4 }, 10);
    expect(read.ok && { ...read.value, bytes: text(read.value.bytes) }).toEqual({
      bytes: '23',
      totalBytes: 10,
      way: 'stream',
    });
  });

  test('but not when more than 4 MiB would be read for nothing', async () => {
    let sent = 0;
    const { address } = await serve((response) => {
      response.writeHead(200);
      const more = () => {
        while (sent < 64 * 1024 * 1024 && response.write(new Uint8Array(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const range = { from: 5_000_000, to: 5_000_010 };
    expect(await readRange(address, 'a.pt', range, 64 * 1024 * 1024)).toEqual({
      ok: false,
      failure: { kind: 'too-large' },
    });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  const refusesFiles: Answer = (response, { url }) =>
    url?.startsWith('/files/') === true
      ? void response.writeHead(403).end()
      : void response.end(JSON.stringify({ type: 'file', format: 'base64', content: `${btoa(file)}\n` }));

  test('where /files is refused a small file comes over the contents route', async () => {
    const { address, requests } = await serve(refusesFiles);
    const read = await readRange(address, 'a.pt', { from: 2, to: 4 }, 10);
    expect(read.ok && { ...read.value, bytes: text(read.value.bytes) }).toEqual({
      bytes: '23',
      totalBytes: 10,
      way: 'contents',
    });
    expect(requests[1]?.url).toBe('/api/contents/a.pt?type=file&format=base64&content=1');
  });

  test('and a large one does not', async () => {
    const server = await serve(refusesFiles);
    const read = await readRange(server.address, 'a.pt', { from: 2, to: 4 }, 4 * 1024 * 1024 + 1);
    expect(read).toEqual({ ok: false, failure: { kind: 'too-large' } });
    expect(server.requests.length).toBe(1);
  });
});

describe('sessions, kernels, status', () => {
  test('sessions without a kernel are left out', async () => {
    const sessions = [
      { id: '1', path: 'a/b.ipynb', type: 'notebook', kernel: { id: 'k1', name: 'python3' } },
      { id: '2', path: 'c.ipynb', kernel: null },
    ];
    const { address } = await serve(answer(200, JSON.stringify(sessions)));
    expect(await listSessions(address)).toEqual({ ok: true, value: [{ kernelId: 'k1', path: 'a/b.ipynb' }] });
  });

  test('a time that is none is not understood', async () => {
    const { address } = await serve(
      answer(200, '{"started": "yesterday", "id": "k", "execution_state": "idle", "last_activity": ""}'),
    );
    const failure = { kind: 'not-understood', status: 200 };
    expect(await serverStartedAt(address)).toEqual({ ok: false, failure });
    expect(await kernelStatus(address, 'k')).toEqual({ ok: false, failure });
  });
});
