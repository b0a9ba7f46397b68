import { describe, expect, test } from 'vitest';
import { listFolder } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Answer, answer, html, serve } from './fault-rig.ts';
import { startFaultyServer } from './faulty-server.ts';

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
