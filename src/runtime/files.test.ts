import { describe, expect, test } from 'vitest';
import type { RuntimeFailure } from './failure.ts';
import { type Answer, answer, serve } from './fault-rig.ts';
import { readRange } from './files.ts';

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
