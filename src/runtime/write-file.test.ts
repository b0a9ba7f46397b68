import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stat } from './contents.ts';
import { makeFolders, remove, rename } from './contents-changes.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import type { Access } from './json-reply.ts';
import { canHaveOwnDisk } from './own-disk.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import type { ServerAddress } from './server-address.ts';
import { type FileToWrite, writeFile } from './write-file.ts';

const MB = 1024 * 1024;
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A folder of our own below the server's root. */
const OWN = 'restoring.x.holdfast-part';

/** A file in it that comes in chunks of no particular size. */
const fileOf = (name: string, bytes: Uint8Array, changes: Partial<FileToWrite> = {}): FileToWrite => ({
  path: `${OWN}/${name}`,
  sizeBytes: bytes.length,
  read: async function* (from) {
    for (let at = from; at < bytes.length; at += 777_777) yield bytes.subarray(at, at + 777_777);
  },
  sha256: sha256Of(bytes),
  begin: 'new',
  ...changes,
});

const conflict = { ok: false, failure: { kind: 'conflict' } };
const open: FaultyServer[] = [];
const root = mkdtempSync(join(tmpdir(), 'holdfast-write-'));
let server: RealServer;
let address: ServerAddress;
let access: Access;
/** Older servers give no hashes. */
let verified: 'hash' | 'size';

beforeAll(async () => {
  server = await startRealServer(root, { basePath: '/user/me%40x/' });
  ({ address, access } = server);
  mkdirSync(join(root, OWN, 'deeper'), { recursive: true });
  verified = server.version >= 2_011_001 ? 'hash' : 'size';
});
afterEach(async () => {
  for (const faulty of open.splice(0)) await faulty[Symbol.asyncDispose]();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const write = (file: FileToWrite) => writeFile(address, file, access);
const onDisk = (name: string): Buffer => readFileSync(join(root, OWN, name));
const sizeOnDisk = (name: string): number => statSync(join(root, OWN, name)).size;

describe('a file arrives', () => {
  test.each([0, 1, 4 * MB - 1, 4 * MB, 4 * MB + 1, 8 * MB, 13 * MB + 5])('of %i bytes', async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const path = `deeper/${sizeBytes} model "ä" #1%.safetensors`;
    const arrived: number[] = [];
    const written = await write(fileOf(path, bytes, { onArrived: (at) => arrived.push(at) }));
    expect(written).toMatchObject({
      ok: true,
      value: { file: { name: `${sizeBytes} model "ä" #1%.safetensors`, sizeBytes }, verified },
    });
    expect(onDisk(path).equals(bytes)).toBe(true);
    expect(arrived.at(-1)).toBe(sizeBytes);
    expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
    expect(arrived.length).toBe(Math.max(1, Math.ceil(sizeBytes / (4 * MB))));
  });

  test('where a notebook belongs', async () => {
    const bytes = randomBytes(10);
    expect((await write(fileOf('n.ipynb', bytes))).ok).toBe(true);
    expect(onDisk('n.ipynb').equals(bytes)).toBe(true);
  });

  test('with its next piece read while one is on its way', async () => {
    const seen: string[] = [];
    const bytes = randomBytes(12 * MB);
    const read: FileToWrite['read'] = async function* (from) {
      for (let at = from; at < bytes.length; at += 4 * MB) {
        seen.push(`read ${at / MB}`);
        yield bytes.subarray(at, at + 4 * MB);
      }
    };
    const onArrived = (at: number): void => void seen.push(`arrived ${at / MB}`);
    expect((await write(fileOf('ahead', bytes, { read, onArrived }))).ok).toBe(true);
    expect(onDisk('ahead').equals(bytes)).toBe(true);
    expect(seen.slice(0, 4)).toEqual(['read 0', 'read 4', 'arrived 4', 'read 8']);
  });

  test('through what takes small requests only', async () => {
    const sizes: number[] = [];
    const between = await startFaultyServer((request, response) => {
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > MB) return void response.writeHead(413, { Connection: 'close' }).end();
      if (request.method === 'PUT') sizes.push(length);
      const { method, url: path, headers } = request;
      const onward = httpRequest(address.origin, { method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      return void request.pipe(onward);
    });
    open.push(between);
    const here = { ...between.address, basePath: address.basePath };
    for (const sizeBytes of [3 * MB, 9 * MB]) {
      const bytes = randomBytes(sizeBytes);
      const written = await writeFile(here, fileOf(`in-small-requests-${sizeBytes}`, bytes), access);
      expect(written).toMatchObject({ ok: true, value: { verified } });
      expect(onDisk(`in-small-requests-${sizeBytes}`).equals(bytes)).toBe(true);
    }
    expect(sizes.length).toBeGreaterThanOrEqual(6 + 18);
  });
});

describe('what is not ours', () => {
  const bytes = randomBytes(20);

  test('is never written to, whatever lies there', async () => {
    for (const path of ['a.pt', 'outputs/checkpoint-7/a.pt', ''])
      await expect(write({ ...fileOf('', bytes), path })).rejects.toThrow('Not ours');
  });

  test('nor is a path that leads out, or a hidden name', async () => {
    const notFound = { ok: false, failure: { kind: 'not-found' } };
    expect(await write(fileOf('../out.pt', bytes))).toEqual(notFound);
    expect(existsSync(join(root, 'out.pt'))).toBe(false);
    if (server.version >= 2_000_000)
      expect(await write(fileOf('.hidden.pt', bytes))).toEqual({ ok: false, failure: { kind: 'forbidden' } });
  });

  test('a renamed file never lands on another', async () => {
    writeFileSync(join(root, 'a.pt'), bytes);
    writeFileSync(join(root, 'new.pt'), bytes);
    mkdirSync(join(root, 'folder'));
    expect(await rename(address, 'new.pt', 'a.pt', access)).toEqual(conflict);
    expect(await rename(address, 'nothing', 'b.pt', access)).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
    const folder = await rename(address, 'folder', 'renamed', access);
    expect(folder).toMatchObject({ ok: true, value: { name: 'renamed', kind: 'directory' } });
  });
});

describe('a file that does not arrive', () => {
  const bytes = randomBytes(17 * MB);

  test('because its source fails, which says so itself; what has arrived stays', async () => {
    const read: FileToWrite['read'] = async function* () {
      yield bytes.subarray(0, 10 * MB);
      throw new Error('the disk here is gone');
    };
    await expect(write(fileOf('broken', bytes, { read }))).rejects.toThrow('the disk here is gone');
    expect(sizeOnDisk('broken')).toBe(8 * MB);
  });

  test.each([
    ['short', bytes.subarray(0, 16 * MB), 17 * MB],
    ['long', bytes, 16 * MB],
    ['short and small', bytes.subarray(0, 10), 11],
    ['long and small', bytes.subarray(0, 11), 10],
    ['empty', bytes.subarray(0, 0), 5 * MB],
  ])('because its source is too %s', async (name, source, sizeBytes) => {
    await expect(write(fileOf(name, source, { sizeBytes }))).rejects.toThrow(RangeError);
  });

  test('because something else did', async () => {
    const sent = await write(fileOf('other', bytes, { sha256: sha256Of(randomBytes(1)) }));
    expect(sent).toMatchObject(
      verified === 'size' ? { ok: true, value: { verified } } : { failure: { kind: 'corrupted' } },
    );
  });

  test('because the caller no longer wants it', async () => {
    const caller = new AbortController();
    const file = fileOf('aborted', bytes, { onArrived: () => caller.abort() });
    const sent = await writeFile(address, file, { ...access, signal: caller.signal });
    expect(sent).toEqual({ ok: false, failure: { kind: 'aborted' } });
    expect(sizeOnDisk('aborted')).toBe(4 * MB);
  });

  test('because another writes the same file: what is mixed is not taken for whole', async () => {
    const other = randomBytes(17 * MB);
    const both = await Promise.all([write(fileOf('race', bytes)), write(fileOf('race', other))]);
    const won = both.map(({ ok }) => ok);
    expect(won.filter(Boolean).length).toBeLessThanOrEqual(1);
    if (won.includes(true)) expect(onDisk('race').equals(won[0] === true ? bytes : other)).toBe(true);
  });

  test('because nobody is logged in, or only by a cookie from another site', async () => {
    const file = fileOf('cookie.pt', bytes.subarray(0, 10));
    const { origin, basePath } = address;
    const login = await fetch(`${origin}${basePath}?token=${server.access.token}`, { redirect: 'manual' });
    const page = await fetch(`${origin}${basePath}login`, { redirect: 'manual' });
    const cookies = [...page.headers.getSetCookie(), ...login.headers.getSetCookie()].map(
      (line) => line.split(';')[0] ?? '',
    );
    const xsrf = cookies.findLast((cookie) => cookie.startsWith('_xsrf='))?.slice('_xsrf='.length) ?? '';
    const Cookie = [...new Map(cookies.map((cookie) => [cookie.split('=')[0], cookie])).values()].join(';');
    const own = { Cookie, Origin: origin, Referer: `${origin}/` };
    const sent = (proof: Readonly<Record<string, string>>) => writeFile(address, file, { proof });
    const crossSite = { ok: false, failure: { kind: 'cross-site' } };
    expect(await sent({})).toEqual({ ok: false, failure: { kind: 'signed-out' } });
    expect(await sent(own)).toEqual(crossSite);
    expect(await sent({ ...own, 'X-XSRFToken': 'guessed' })).toEqual(crossSite);
    expect(await sent({ Cookie, 'X-XSRFToken': xsrf, Origin: 'chrome-extension://abc' })).toMatchObject({
      ok: false,
    });
    expect(existsSync(join(root, OWN, 'cookie.pt'))).toBe(false);
    expect(await sent({ ...own, 'X-XSRFToken': xsrf })).toMatchObject({ ok: true });
  });
});

describe('an attempt that broke off', () => {
  test('goes on after the server was killed and started again', async () => {
    const bytes = randomBytes(30 * MB);
    const home = mkdtempSync(join(tmpdir(), 'holdfast-resume-'));
    mkdirSync(join(home, OWN));
    const first = await startRealServer(home);
    const port = Number(new URL(first.address.origin).port);
    const killed: Promise<void>[] = [];
    const onArrived = (at: number) => {
      if (at >= 8 * MB && killed.length === 0) killed.push(first.kill());
    };
    const sent = await writeFile(first.address, fileOf('a.pt', bytes, { onArrived }), first.access);
    expect(sent).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    await Promise.all(killed);
    const second = await startRealServer(home, { port });
    const arrived: number[] = [];
    const file = fileOf('a.pt', bytes, { begin: 'go-on', onArrived: (at) => arrived.push(at) });
    expect(await writeFile(second.address, file, second.access)).toMatchObject({
      ok: true,
      value: { verified },
    });
    expect(arrived[0]).toBeGreaterThanOrEqual(8 * MB);
    expect(readFileSync(join(home, OWN, 'a.pt')).equals(bytes)).toBe(true);
    await second[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  });

  test.each([
    ['whole', 9 * MB, 9 * MB],
    ['in part, at no border of a piece', 5 * MB + 3, 5 * MB + 3],
    ['longer than the file', 10 * MB, 4 * MB],
    ['not at all', null, 4 * MB],
  ])('is there %s', async (name, thereBytes, firstArrived) => {
    const bytes = randomBytes(10 * MB);
    const path = `deeper/${name}`;
    if (thereBytes !== null) writeFileSync(join(root, OWN, path), bytes.subarray(0, thereBytes));
    const arrived: number[] = [];
    const whole = bytes.subarray(0, 9 * MB);
    const file = fileOf(path, whole, { begin: 'go-on', onArrived: (at) => arrived.push(at) });
    expect(await write(file)).toMatchObject({ ok: true, value: { verified } });
    expect(arrived[0]).toBe(firstArrived);
    expect(onDisk(path).equals(whole)).toBe(true);
  });

  test('with other bytes is found out by the hash', async () => {
    const bytes = randomBytes(9 * MB);
    writeFileSync(join(root, OWN, 'torn'), randomBytes(5 * MB));
    const sent = await write(fileOf('torn', bytes, { begin: 'go-on' }));
    expect(sent).toMatchObject(verified === 'hash' ? { failure: { kind: 'corrupted' } } : { ok: true });
    if (verified === 'size') return;
    expect(await write(fileOf('torn', bytes, { begin: 'anew' }))).toMatchObject({ ok: true });
    expect(onDisk('torn').equals(bytes)).toBe(true);
  });
});

test('a server that takes each piece for the whole file takes small files only', async () => {
  const faulty = await startFaultyServer((request, response) => {
    if (request.method === 'GET') return void response.writeHead(404).end();
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    const bodies: Buffer[] = [];
    request.on('data', (chunk: Buffer) => bodies.push(chunk));
    return void request.on('end', () => {
      const content = /"content":"([^"]*)"/.exec(Buffer.concat(bodies).toString())?.[1] ?? '';
      const size = Buffer.from(content, 'base64').length;
      response.end(JSON.stringify({ name: 'a', type: 'file', size, last_modified: null }));
    });
  });
  open.push(faulty);
  const sent = await writeFile(faulty.address, fileOf('a', randomBytes(9 * MB)), {});
  expect(sent).toEqual({ ok: false, failure: { kind: 'too-large' } });
});

describe.runIf(canHaveOwnDisk())('a full disk', () => {
  const home = mkdtempSync(join(tmpdir(), 'holdfast-full-'));
  const diskFull = { ok: false, failure: { kind: 'disk-full' } };
  let small: RealServer;
  beforeAll(async () => {
    small = await startRealServer(home, { diskBytes: 8 * MB });
    const made = await makeFolders(small.address, OWN, small.access);
    if (!made.ok) throw new Error(made.failure.kind);
  });
  afterAll(async () => {
    await small[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  });
  const writeThere = (path: string, sizeBytes: number) =>
    writeFile(small.address, fileOf(path, randomBytes(sizeBytes)), small.access);

  test('is told from other errors, for large files and small; what was there stays', async () => {
    expect((await writeThere('kept', 2 * MB)).ok).toBe(true);
    expect(await writeThere('large', 20 * MB)).toEqual(diskFull);
    expect(await writeThere('small', 3 * MB)).toEqual(diskFull);
    const kept = await stat(small.address, `${OWN}/kept`, small.access);
    expect(kept).toMatchObject({ value: { sizeBytes: 2 * MB } });
    // The trash needs room, too.
    expect(await remove(small.address, `${OWN}/large`, small.access)).toEqual(diskFull);
  });

  test('is told, too, when the first bytes do not fit', async () => {
    expect(await writeThere('first', 3 * MB)).toEqual(diskFull);
  });
});
