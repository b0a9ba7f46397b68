import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stat } from './contents.ts';
import { rename } from './contents-changes.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import type { Access } from './json-reply.ts';
import { canHaveOwnDisk } from './own-disk.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import type { ServerAddress } from './server-address.ts';
import { type FileToWrite, removePart, writeFile } from './write-file.ts';

const MB = 1024 * 1024;
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A file that comes in chunks of no particular size. */
const fileOf = (path: string, bytes: Uint8Array, changes: Partial<FileToWrite> = {}): FileToWrite => ({
  path,
  sizeBytes: bytes.length,
  read: async function* (from) {
    for (let at = from; at < bytes.length; at += 777_777) yield bytes.subarray(at, at + 777_777);
  },
  sha256: () => sha256Of(bytes),
  replaces: null,
  resume: false,
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
const onDisk = (path: string): Buffer => readFileSync(join(root, path));
const visibleIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) => !name.startsWith('.'));
const trash = (): readonly string[] => readdirSync(join(root, '.local/share/Trash/files'));

describe('a file arrives', () => {
  test.each([0, 1, 4 * MB - 1, 4 * MB, 4 * MB + 1, 8 * MB, 13 * MB + 5])('of %i bytes', async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const path = `sizes/${sizeBytes}/model "ä" #1%.safetensors`;
    const arrived: number[] = [];
    const written = await write(fileOf(path, bytes, { onArrived: (at) => arrived.push(at) }));
    expect(written).toMatchObject({
      ok: true,
      value: { file: { name: 'model "ä" #1%.safetensors', sizeBytes }, verified, leftOver: null },
    });
    expect(onDisk(path).equals(bytes)).toBe(true);
    expect(visibleIn(`sizes/${sizeBytes}`)).toEqual(['model "ä" #1%.safetensors']);
    expect(arrived.at(-1)).toBe(sizeBytes);
    expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
    expect(arrived.length).toBe(Math.max(1, Math.ceil(sizeBytes / (4 * MB))));
  });

  test('at the root, and where a notebook belongs', async () => {
    for (const path of ['at-root.bin', 'n.ipynb']) {
      const bytes = randomBytes(10);
      expect((await write(fileOf(path, bytes))).ok).toBe(true);
      expect(onDisk(path).equals(bytes)).toBe(true);
    }
  });

  test('of which nobody knows the hash: its size is compared', async () => {
    const written = await write(fileOf('unhashed', randomBytes(10), { sha256: () => null }));
    expect(written).toMatchObject({ ok: true, value: { verified: 'size' } });
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
      const written = await writeFile(here, fileOf(`small-requests/${sizeBytes}`, bytes), access);
      expect(written).toMatchObject({ ok: true, value: { verified } });
      expect(onDisk(`small-requests/${sizeBytes}`).equals(bytes)).toBe(true);
    }
    expect(sizes.length).toBeGreaterThanOrEqual(6 + 18);
  });
});

describe('what is there already', () => {
  const before = randomBytes(20);
  const after = randomBytes(5 * MB);
  const seenAs = async (path: string) => {
    const seen = await stat(address, path, access);
    if (!seen.ok) throw new Error('It is not there');
    return seen.value;
  };

  test('stays, unless it is what the caller saw', async () => {
    mkdirSync(join(root, 'there'), { recursive: true });
    writeFileSync(join(root, 'there/a.pt'), before);
    const seen = await seenAs('there/a.pt');
    const tries: readonly FileToWrite['replaces'][] = [
      null,
      { ...seen, sizeBytes: 21 },
      { ...seen, modifiedAt: (seen.modifiedAt ?? 0) + 1 },
      { ...seen, modifiedAt: null },
    ];
    for (const replaces of tries)
      expect(await write(fileOf('there/a.pt', after, { replaces }))).toEqual(conflict);
    expect(onDisk('there/a.pt').equals(before)).toBe(true);
    expect(visibleIn('there')).toEqual(['a.pt']);
  });

  test('is replaced when it is, and goes into the trash', async () => {
    const written = await write(fileOf('there/a.pt', after, { replaces: await seenAs('there/a.pt') }));
    expect(written).toMatchObject({ ok: true, value: { verified, leftOver: null } });
    expect(onDisk('there/a.pt').equals(after)).toBe(true);
    expect(visibleIn('there')).toEqual(['a.pt']);
    expect(trash()).toContain('a.pt.holdfast-old');
  });

  test('is not replaced when it changes while the new one is sent, nor is what appears', async () => {
    const replaces = await seenAs('there/a.pt');
    const touch = (path: string) => ({ onArrived: () => writeFileSync(join(root, path), before) });
    expect(await write(fileOf('there/a.pt', after, { replaces, ...touch('there/a.pt') }))).toEqual(conflict);
    expect(onDisk('there/a.pt').equals(before)).toBe(true);
    expect(await write(fileOf('there/new.pt', after, touch('there/new.pt')))).toEqual(conflict);
    expect(onDisk('there/new.pt').equals(before)).toBe(true);
  });

  test('what was to be replaced and is gone needs no replacing', async () => {
    const replaces = await seenAs('there/a.pt');
    rmSync(join(root, 'there/a.pt'));
    expect((await write(fileOf('there/a.pt', after, { replaces }))).ok).toBe(true);
  });

  test('a folder in the place of the file, a file in the place of a folder', async () => {
    mkdirSync(join(root, 'there/folder'));
    expect(await write(fileOf('there/folder', before))).toEqual(conflict);
    // jupyter_server since 2.10 answers any question about a path below a file with 500.
    expect((await write(fileOf('there/a.pt/deeper/b.pt', before))).ok).toBe(false);
    expect(onDisk('there/a.pt').equals(after)).toBe(true);
  });

  test('no name of our own, no hidden name, no path that leads out', async () => {
    const forbidden = { ok: false, failure: { kind: 'forbidden' } };
    expect(await write(fileOf('there/x.holdfast-part', before))).toEqual(forbidden);
    expect(await write(fileOf('../out.pt', before))).toEqual({ ok: false, failure: { kind: 'not-found' } });
    expect(existsSync(join(root, '../out.pt'))).toBe(false);
    if (server.version >= 2_000_000)
      expect(await write(fileOf('there/.hidden.pt', before))).toEqual(forbidden);
  });

  test('a renamed file never lands on another', async () => {
    expect(await rename(address, 'there/new.pt', 'there/a.pt', access)).toEqual(conflict);
    expect(await rename(address, 'there/nothing', 'there/b.pt', access)).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
    const folder = await rename(address, 'there/folder', 'there/renamed', access);
    expect(folder).toMatchObject({ ok: true, value: { name: 'renamed', kind: 'directory' } });
  });
});

describe('a file that does not arrive', () => {
  const bytes = randomBytes(17 * MB);

  test('has no name until it is whole; a source that fails says so itself', async () => {
    const read: FileToWrite['read'] = async function* () {
      yield bytes.subarray(0, 10 * MB);
      throw new Error('the disk here is gone');
    };
    await expect(write(fileOf('broken/a.pt', bytes, { read }))).rejects.toThrow('the disk here is gone');
    expect(visibleIn('broken')).toEqual(['a.pt.holdfast-part']);
    expect(await removePart(address, 'broken/a.pt', access)).toEqual({ ok: true, value: null });
    expect(visibleIn('broken')).toEqual([]);
    expect((await removePart(address, 'broken/a.pt', access)).ok).toBe(true);
  });

  test.each([
    ['short', bytes.subarray(0, 16 * MB), 17 * MB],
    ['long', bytes, 16 * MB],
    ['short and small', bytes.subarray(0, 10), 11],
    ['long and small', bytes.subarray(0, 11), 10],
    ['empty', bytes.subarray(0, 0), 5 * MB],
  ])('because its source is too %s', async (name, source, sizeBytes) => {
    await expect(write(fileOf(`wrong/${name}`, source, { sizeBytes }))).rejects.toThrow(RangeError);
    expect(existsSync(join(root, 'wrong', name))).toBe(false);
  });

  test('because something else did', async () => {
    const sent = await write(fileOf('other/a.pt', bytes, { sha256: () => sha256Of(randomBytes(1)) }));
    if (verified === 'size') return expect(sent).toMatchObject({ ok: true, value: { verified } });
    expect(sent).toEqual({ ok: false, failure: { kind: 'corrupted' } });
    return expect(visibleIn('other')).toEqual(['a.pt.holdfast-part']);
  });

  test('because the caller no longer wants it', async () => {
    const caller = new AbortController();
    const file = fileOf('aborted/a.pt', bytes, { onArrived: () => caller.abort() });
    const sent = await writeFile(address, file, { ...access, signal: caller.signal });
    expect(sent).toEqual({ ok: false, failure: { kind: 'aborted' } });
    expect(visibleIn('aborted')).toEqual(['a.pt.holdfast-part']);
  });

  test('because another writes the same file: neither is mixed', async () => {
    const other = randomBytes(17 * MB);
    const both = await Promise.all([write(fileOf('race/a.pt', bytes)), write(fileOf('race/a.pt', other))]);
    const won = both.map(({ ok }) => ok);
    expect(won.filter(Boolean).length).toBeLessThanOrEqual(1);
    if (won.includes(true)) expect(onDisk('race/a.pt').equals(won[0] === true ? bytes : other)).toBe(true);
    else expect(existsSync(join(root, 'race/a.pt'))).toBe(false);
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
    expect(existsSync(join(root, 'cookie.pt'))).toBe(false);
    expect(await sent({ ...own, 'X-XSRFToken': xsrf })).toMatchObject({ ok: true });
  });
});

describe('an attempt that broke off', () => {
  test('goes on after the server was killed and started again', async () => {
    const bytes = randomBytes(30 * MB);
    const home = mkdtempSync(join(tmpdir(), 'holdfast-resume-'));
    const first = await startRealServer(home);
    const port = Number(new URL(first.address.origin).port);
    const killed: Promise<void>[] = [];
    const onArrived = (at: number) => {
      if (at >= 8 * MB && killed.length === 0) killed.push(first.kill());
    };
    const sent = await writeFile(first.address, fileOf('out/a.pt', bytes, { onArrived }), first.access);
    expect(sent).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    await Promise.all(killed);
    expect(readdirSync(join(home, 'out'))).toEqual(['a.pt.holdfast-part']);
    const second = await startRealServer(home, { port });
    const arrived: number[] = [];
    const file = fileOf('out/a.pt', bytes, { resume: true, onArrived: (at) => arrived.push(at) });
    expect(await writeFile(second.address, file, second.access)).toMatchObject({
      ok: true,
      value: { verified },
    });
    expect(arrived[0]).toBeGreaterThanOrEqual(8 * MB);
    expect(readFileSync(join(home, 'out/a.pt')).equals(bytes)).toBe(true);
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
    const path = `resumed/${name}`;
    mkdirSync(join(root, 'resumed'), { recursive: true });
    if (thereBytes !== null)
      writeFileSync(join(root, `${path}.holdfast-part`), bytes.subarray(0, thereBytes));
    const arrived: number[] = [];
    const whole = bytes.subarray(0, 9 * MB);
    const file = fileOf(path, whole, { resume: true, onArrived: (at) => arrived.push(at) });
    expect(await write(file)).toMatchObject({ ok: true, value: { verified } });
    expect(arrived[0]).toBe(firstArrived);
    expect(onDisk(path).equals(whole)).toBe(true);
  });

  test('with other bytes is found out by the hash', async () => {
    const bytes = randomBytes(9 * MB);
    writeFileSync(join(root, 'torn.holdfast-part'), randomBytes(5 * MB));
    const sent = await write(fileOf('torn', bytes, { resume: true }));
    expect(sent).toMatchObject(verified === 'hash' ? { failure: { kind: 'corrupted' } } : { ok: true });
    if (verified === 'size') return;
    expect(await write(fileOf('torn', bytes))).toMatchObject({ ok: true });
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
    for (const path of ['large', 'small'])
      expect(await stat(small.address, path, small.access)).toEqual({
        ok: false,
        failure: { kind: 'not-found' },
      });
    expect(await stat(small.address, 'kept', small.access)).toMatchObject({ value: { sizeBytes: 2 * MB } });
    // The trash needs room, too.
    expect(await removePart(small.address, 'large', small.access)).toEqual(diskFull);
  });

  test('is told, too, when the first bytes do not fit', async () => {
    expect(await writeThere('first', 3 * MB)).toEqual(diskFull);
  });
});
