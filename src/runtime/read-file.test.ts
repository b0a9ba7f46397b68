import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, answer, html, serve } from './fault-rig.ts';
import type { FilePart, ReadFailure } from './file-part.ts';
import type { Access } from './json-reply.ts';
import { lookAtFile } from './look-at-file.ts';
import { readPart } from './read-file.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import type { ServerAddress } from './server-address.ts';

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

const STALL_MS = 1000;
const FILE = '0123456789';
const TIME = 'Wed, 25 Nov 2026 03:55:36 GMT';
const partOf = (from: number, to: number, changes: Partial<FilePart> = {}): FilePart => ({
  path: 'out/a.pt',
  from,
  to,
  sizeBytes: FILE.length,
  lastModified: null,
  ...changes,
});

async function read(address: ServerAddress, part: FilePart, access: Access = { stallMs: STALL_MS }) {
  let taken = '';
  const result = await readPart(
    address,
    part,
    (chunk) => void (taken += String.fromCharCode(...chunk)),
    access,
  );
  return { result, taken };
}

const range = (from: number, to: number, total: number | '*' = FILE.length) => ({
  'Content-Range': `bytes ${from}-${to - 1}/${total}`,
  'Last-Modified': TIME,
});
const login = '<!doctype html><form><input name="user"><input type="password"></form>';

describe('an answer in parts', () => {
  test('is taken, and tells the time for the parts that follow', async () => {
    const server = await serve(answer(206, '345', range(3, 6)));
    const { result, taken } = await read(server.address, partOf(3, 6));
    expect(result).toEqual({ ok: true, value: { lastModified: TIME, ranges: true } });
    expect(taken).toBe('345');
    // fetch itself asks for an answer that is not packed when it asks for a range.
    expect(server.requests[0]).toMatchObject({
      url: '/files/out/a.pt',
      headers: { range: 'bytes=3-5', 'accept-encoding': 'identity' },
    });
    const again = await read(server.address, partOf(3, 6, { lastModified: TIME }));
    expect(again.result.ok).toBe(true);
  });

  test.each<[string, Answer, ReadFailure, string]>([
    ['of another size', answer(206, '345', range(3, 6, 11)), { kind: 'conflict' }, ''],
    [
      'of another time',
      answer(206, '345', { ...range(3, 6), 'Last-Modified': 'Wed, 25 Nov 2026 03:55:37 GMT' }),
      { kind: 'conflict' },
      '',
    ],
    ['without a time', answer(206, '345', { 'Content-Range': 'bytes 3-5/10' }), { kind: 'conflict' }, ''],
    [
      'of a file that is shorter now',
      answer(416, '', { 'Content-Range': 'bytes */3' }),
      { kind: 'conflict' },
      '',
    ],
    ['of another stretch', answer(206, '234', range(2, 5)), { kind: 'not-understood', status: 206 }, ''],
    ['of a shorter stretch', answer(206, '34', range(3, 5)), { kind: 'not-understood', status: 206 }, ''],
    ['of an unknown size', answer(206, '345', range(3, 6, '*')), { kind: 'not-understood', status: 206 }, ''],
    [
      'without a range',
      answer(206, '345', { 'Last-Modified': TIME }),
      { kind: 'not-understood', status: 206 },
      '',
    ],
    ['with more than it says', answer(206, '3456', range(3, 6)), { kind: 'not-understood', status: 206 }, ''],
    ['cut short with a correct status', answer(206, '34', range(3, 6)), { kind: 'unreachable' }, '34'],
    [
      'packed on the way',
      answer(206, gzipSync('345'), { ...range(3, 6), 'Content-Encoding': 'gzip' }),
      { kind: 'not-understood', status: 206 },
      '',
    ],
    [
      'that breaks off',
      (response) => {
        response.writeHead(206, { ...range(3, 6), 'Content-Length': '3' }).write('34');
        setTimeout(() => response.destroy(), 20);
      },
      { kind: 'unreachable' },
      '34',
    ],
    [
      'that stops coming',
      (response) => void response.writeHead(206, range(3, 6)).write('34'),
      { kind: 'stalled', afterMs: STALL_MS },
      '34',
    ],
    ['that never comes', () => undefined, { kind: 'stalled', afterMs: STALL_MS }, ''],
    ['of no content', answer(204), { kind: 'not-understood', status: 204 }, ''],
  ])('%s', async (_, fault, failure, taken) => {
    const { address } = await serve(fault);
    const got = await read(address, partOf(3, 6, { lastModified: TIME }));
    expect(got).toEqual({ result: { ok: false, failure }, taken });
  });

  test('is left when the caller says so, also in the middle', async () => {
    const { address } = await serve((response) => void response.writeHead(206, range(3, 6)).write('34'));
    const caller = new AbortController();
    const take = () => caller.abort();
    const result = await readPart(address, partOf(3, 6), take, { signal: caller.signal });
    expect(result).toEqual({ ok: false, failure: { kind: 'aborted' } });
  });

  test('is let go of when it cannot be taken, and what was thrown comes through', async () => {
    const closed = gate();
    const { address } = await serve((response) => {
      response.writeHead(206, range(3, 6)).write('34');
      response.once('close', closed.open);
    });
    const take = () => {
      throw new Error('no room');
    };
    await expect(readPart(address, partOf(3, 6), take)).rejects.toThrow('no room');
    await closed.passed;
  });

  test('no part of a file that has none', async () => {
    const { address } = await serve(answer(500));
    for (const [from, to] of [
      [-1, 3],
      [3, 11],
      [6, 3],
      [3, 3],
    ] as const)
      await expect(readPart(address, partOf(from, to), () => undefined)).rejects.toThrow(RangeError);
  });
});

describe('a server that gives whole files only', () => {
  const whole = answer(200, FILE, { 'Content-Length': '10', 'Last-Modified': TIME });

  test('is read from the start, and says so', async () => {
    const { address } = await serve(whole);
    for (const to of [4, 10]) {
      const { result, taken } = await read(address, partOf(0, to));
      expect(result).toEqual({ ok: true, value: { lastModified: TIME, ranges: false } });
      expect(taken).toBe(FILE.slice(0, to));
    }
  });

  test.each<[string, Answer, ReadFailure, string]>([
    ['cannot be read from the middle', whole, { kind: 'no-range' }, ''],
    ['has another file now', answer(200, '0123', { 'Content-Length': '4' }), { kind: 'conflict' }, ''],
  ])('%s', async (_, fault, failure, taken) => {
    const { address } = await serve(fault);
    expect(await read(address, partOf(3, 10))).toEqual({ result: { ok: false, failure }, taken });
  });

  const chunked =
    (text: string): Answer =>
    (response) => {
      response.writeHead(200).write(text);
      response.end();
    };

  test.each<[string, Answer, ReadFailure | null, string]>([
    ['whole', chunked(FILE), null, FILE],
    ['shorter', chunked(FILE.slice(0, 8)), { kind: 'unreachable' }, FILE.slice(0, 8)],
    ['longer', chunked(`${FILE}x`), { kind: 'conflict' }, ''],
    [
      'packed on the way',
      answer(200, gzipSync(FILE), { 'Content-Encoding': 'gzip' }),
      { kind: 'not-understood', status: 200 },
      '',
    ],
  ])('without a length: %s', async (_, fault, failure, taken) => {
    const { address } = await serve(fault);
    const got = await read(address, partOf(0, 10));
    expect(got.taken).toBe(taken);
    expect(got.result.ok ? null : got.result.failure).toEqual(failure);
  });
});

describe('a page in place of the file', () => {
  test.each<[string, string, Answer, ReadFailure]>([
    ['of a login', 'a.pt', answer(200, login, html), { kind: 'signed-out' }],
    [
      'of a login, packed',
      'a.pt',
      answer(200, gzipSync(login), { ...html, 'Content-Encoding': 'gzip' }),
      { kind: 'signed-out' },
    ],
    ['of a login, elsewhere', 'a.pt', answer(302, '', { Location: '/login?next=x' }), { kind: 'signed-out' }],
    [
      'of the very length of the file',
      'a.pt',
      answer(200, '<html>ab</', html),
      { kind: 'not-understood', status: 200 },
    ],
    [
      'of a login for a file that is a page',
      'report.html',
      answer(200, login, { ...html, 'Content-Length': String(login.length) }),
      { kind: 'signed-out' },
    ],
    [
      'of another length than the page it should be',
      'report.html',
      answer(200, '<p>x', { ...html, 'Content-Length': '4' }),
      { kind: 'conflict' },
    ],
    [
      'that stops coming',
      'a.pt',
      (response) => void response.writeHead(200, html).write('<'),
      { kind: 'stalled', afterMs: STALL_MS },
    ],
  ])('%s', async (_, path, fault, failure) => {
    const { address } = await serve(fault);
    const got = await read(address, partOf(0, 10, { path }));
    expect(got).toEqual({ result: { ok: false, failure }, taken: '' });
  });

  test('a file that is a page is one', async () => {
    const page = '<html>ab</';
    const { address } = await serve(answer(200, page, { ...html, 'Content-Length': '10' }));
    expect((await read(address, partOf(0, 10, { path: 'report.HTML' }))).taken).toBe(page);
  });
});

test('what is not taken yet is not fetched: the server waits', async () => {
  const SIZE = 96 * 1024 * 1024;
  let sent = 0;
  const { address } = await serve((response) => {
    response.writeHead(206, { ...range(0, SIZE, SIZE), 'Content-Length': String(SIZE) });
    const more = () => {
      while (sent < SIZE && !response.destroyed) {
        sent += 1 << 20;
        if (!response.write(new Uint8Array(1 << 20))) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  });
  const first = gate();
  const goOn = gate();
  let taken = 0;
  let largest = 0;
  const take = async (chunk: Uint8Array) => {
    first.open();
    // Longer than a stall: the silence is our own.
    await goOn.passed;
    taken += chunk.length;
    largest = Math.max(largest, chunk.length);
  };
  const reading = readPart(address, partOf(0, SIZE, { sizeBytes: SIZE }), take, { stallMs: STALL_MS });
  await first.passed;
  await new Promise((resolve) => setTimeout(resolve, 1.5 * STALL_MS));
  const whileWaiting = sent;
  goOn.open();
  expect((await reading).ok).toBe(true);
  expect(taken).toBe(SIZE);
  expect(whileWaiting).toBeLessThan(32 * 1024 * 1024);
  expect(largest).toBeLessThanOrEqual(1 << 20);
});

describe('a real server', () => {
  const SIZE = 200 * 1024 * 1024 + 7;
  const root = mkdtempSync(join(tmpdir(), 'holdfast-read-'));
  const content = randomBytes(SIZE);
  let server: RealServer;
  beforeAll(async () => {
    writeFileSync(join(root, 'big.bin'), content);
    writeFileSync(join(root, 'empty.bin'), '');
    writeFileSync(join(root, 'page.html'), login);
    writeFileSync(join(root, 'one.bin'), 'x');
    symlinkSync('big.bin', join(root, 'last.ckpt'));
    server = await startRealServer(root, { basePath: '/user/me%40x/' });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  async function hashOf(part: FilePart, into = createHash('sha256')) {
    const result = await readPart(server.address, part, (chunk) => void into.update(chunk), server.access);
    return { result, into };
  }
  const big = (from: number, to: number, changes: Partial<FilePart> = {}) =>
    partOf(from, to, { path: 'big.bin', sizeBytes: SIZE, ...changes });

  test('three parts make the file', async () => {
    const into = createHash('sha256');
    const bounds = [0, 64 * 1024 * 1024, 128 * 1024 * 1024 + 3, SIZE];
    let lastModified: string | null = null;
    for (const [at, from] of bounds.slice(0, -1).entries()) {
      const { result }: Awaited<ReturnType<typeof hashOf>> = await hashOf(
        big(from, bounds[at + 1] ?? 0, { lastModified }),
        into,
      );
      expect(result).toMatchObject({ ok: true, value: { ranges: true } });
      lastModified = result.ok ? result.value.lastModified : null;
      expect(lastModified).not.toBeNull();
    }
    expect(into.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('in one piece it comes with 200, and ranges are known all the same', async () => {
    const { result, into } = await hashOf(big(0, SIZE));
    expect(result).toMatchObject({ ok: true, value: { ranges: true } });
    expect(into.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('an empty file, a file of one byte, a page', async () => {
    const read = async (path: string, sizeBytes: number) =>
      (await hashOf(partOf(0, sizeBytes, { path, sizeBytes }))).result.ok;
    expect(await read('empty.bin', 0)).toBe(true);
    expect(await read('one.bin', 1)).toBe(true);
    expect(await read('page.html', login.length)).toBe(true);
    const notEmpty = await hashOf(partOf(0, 0, { path: 'one.bin', sizeBytes: 0 }));
    expect(notEmpty.result).toEqual({ ok: false, failure: { kind: 'conflict' } });
  });

  test('a file that was rewritten with the same size between two parts', async () => {
    const { result } = await hashOf(big(0, 1024));
    const lastModified = result.ok ? result.value.lastModified : null;
    utimesSync(join(root, 'big.bin'), new Date(), Date.now() / 1000 + 60);
    const second = await hashOf(big(1024, 2048, { lastModified }));
    expect(second.result).toEqual({ ok: false, failure: { kind: 'conflict' } });
  });

  test('a file that is not there, and nobody logged in', async () => {
    const gone = await hashOf(big(0, 10, { path: 'nowhere.bin' }));
    expect(gone.result).toEqual({ ok: false, failure: { kind: 'not-found' } });
    const out = await readPart(server.address, big(0, 10), () => undefined);
    expect(out).toEqual({ ok: false, failure: { kind: 'signed-out' } });
  });

  test('a cookie login from another site is refused by its own name', async () => {
    // Version 1 gives files to whoever shows the cookie.
    if (server.version < 2_000_000) return;
    const { origin, basePath } = server.address;
    const answer = await fetch(`${origin}${basePath}?token=${server.access.token}`, { redirect: 'manual' });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    const reading = (headers: Readonly<Record<string, string>>) =>
      readPart(server.address, big(0, 10), () => undefined, {
        proof: { Cookie: cookie.join(';'), ...headers },
      });
    expect(await reading({})).toEqual({ ok: false, failure: { kind: 'cross-site' } });
    expect(await reading({ Referer: 'https://elsewhere.example/' })).toEqual({
      ok: false,
      failure: { kind: 'cross-site' },
    });
    expect((await reading({ Referer: `${origin}/` })).ok).toBe(true);
  });

  test('a link is listed with its own size and served with that of the file behind it', async () => {
    const conflict = await hashOf(partOf(0, 7, { path: 'last.ckpt', sizeBytes: 7 }));
    expect(conflict.result).toEqual({ ok: false, failure: { kind: 'conflict' } });
    const look = (path: string) => lookAtFile(server.address, path, server.access);
    expect(await look('last.ckpt')).toMatchObject({ ok: true, value: { sizeBytes: SIZE, ranges: true } });
    expect(await look('one.bin')).toMatchObject({ ok: true, value: { sizeBytes: 1, ranges: true } });
    expect(await look('page.html')).toMatchObject({ ok: true, value: { sizeBytes: login.length } });
    expect(await look('empty.bin')).toMatchObject({ ok: true, value: { sizeBytes: 0 } });
    expect(await look('nowhere')).toEqual({ ok: false, failure: { kind: 'not-found' } });
    const linked = await hashOf(partOf(0, SIZE, { path: 'last.ckpt', sizeBytes: SIZE }));
    expect(linked.into.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  });
});
