import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultyServer } from '../runtime/faulty-server.ts';
import { startRealServer, type RealServer } from '../runtime/real-server.ts';
import type { SyncedFile } from '../vault/synced-file.ts';
import { createChecksums } from './checksums.ts';
import { copyFile, PARTS_AT_ONCE, type Way } from './copy-file.ts';
import { hashHere } from './hasher.ts';
import { openLine, type Line } from './line.ts';
import type { Meter } from './report.ts';
import { createRooms } from './rooms.ts';

/** What the browser gives to workers, over memory: there is none of it in Node. */
const memoryFile = (begun: Buffer): SyncedFile & { readonly content: () => Buffer } => {
  const room = Buffer.alloc(FILE.length + 1);
  let size = begun.copy(room);
  return {
    content: () => room.subarray(0, size),
    sizeBytes: () => size,
    read: (into, at) => room.copy(into, 0, at, size),
    append: (bytes) => {
      room.set(bytes, size);
      size += bytes.length;
    },
    truncate: (sizeBytes) => {
      size = sizeBytes;
    },
    flush: () => undefined,
    close: () => undefined,
  };
};

/** Small, so that a file of a few megabytes has many. */
const PART_BYTES = 2 * 1024 * 1024;

const FILE = randomBytes(3 * PART_BYTES + 12_345);
const sums = { crc32: crc32(FILE), sha256: createHash('sha256').update(FILE).digest('hex') };
const source = { path: 'model.bin', sizeBytes: FILE.length };

const copy = async (line: Line, begun: Buffer, sizeBytes = FILE.length) => {
  const into = memoryFile(begun);
  let moved = 0;
  const meter = { add: (bytes: number) => void (moved += bytes), total: () => undefined };
  const result = await copyFile({ ...source, sizeBytes }, into, await wayOver(line, meter));
  return { result, into, moved: () => moved };
};

const wayOver = async (line: Line, meter: Meter): Promise<Way> => ({
  line,
  meter,
  hasher: hashHere(await createChecksums()),
  rooms: createRooms(PART_BYTES, PARTS_AT_ONCE + 2),
  follower: null,
});

const lineTo = (
  server: Pick<RealServer, 'address'> & { readonly access?: { readonly token: string } },
): Line =>
  openLine({
    server: { address: server.address, access: server.access ?? {} },
    signal: new AbortController().signal,
    renew: async () => null,
    onTryingAgain: () => undefined,
  });

describe('from a real server', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-copy-'));
  let server: RealServer;
  beforeAll(async () => {
    writeFileSync(join(root, 'model.bin'), FILE);
    writeFileSync(join(root, 'empty.bin'), '');
    server = await startRealServer(root);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(root, { recursive: true });
  });

  it.each([
    ['nothing', 0],
    ['a few bytes', 1000],
    ['more than a part', PART_BYTES + 77],
    ['all', FILE.length],
  ])('a file of which %s is here already', async (_what, here) => {
    const { result, into, moved } = await copy(lineTo(server), Buffer.from(FILE.subarray(0, here)));
    expect(result).toEqual({ ok: true, value: sums });
    expect(into.content().equals(FILE)).toBe(true);
    expect(moved(), 'only the rest was moved').toBe(FILE.length - here);
  });

  it('a beginning that is longer than the file is thrown away', async () => {
    const { result, into } = await copy(lineTo(server), Buffer.concat([FILE, Buffer.from('x')]));
    expect(result).toEqual({ ok: true, value: sums });
    expect(into.content().equals(FILE)).toBe(true);
  });

  it('a file that is another size than it was listed with is refused', async () => {
    const { result } = await copy(lineTo(server), Buffer.alloc(0), FILE.length - 1);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  });

  it('an empty file is a file', async () => {
    const into = memoryFile(Buffer.alloc(0));
    const meter = { add: () => undefined, total: () => undefined };
    const empty = { path: 'empty.bin', sizeBytes: 0 };
    const result = await copyFile(empty, into, await wayOver(lineTo(server), meter));
    expect(result).toMatchObject({ ok: true, value: { crc32: 0 } });
  });
});

describe('from a server that gives files only from their start', () => {
  const whole = (response: ServerResponse, body: Buffer): void => {
    response.writeHead(200, { 'Content-Length': FILE.length, 'Content-Type': 'application/octet-stream' });
    response.write(body);
    if (body.length === FILE.length) response.end();
    else setTimeout(() => response.destroy(), 50);
  };

  it.each([
    ['from nothing', 0],
    ['although a beginning is here', 5000],
  ])('it is read in one go, %s', async (_what, here) => {
    await using server = await startFaultyServer((_request, response) => whole(response, FILE));
    const { result, into, moved } = await copy(lineTo(server), Buffer.from(FILE.subarray(0, here)));
    expect(result).toEqual({ ok: true, value: sums });
    expect(into.content().equals(FILE)).toBe(true);
    expect(moved() + here).toBe(FILE.length);
  });

  it('it is begun anew when it breaks off', async () => {
    let asked = 0;
    await using server = await startFaultyServer((_request, response) => {
      asked += 1;
      whole(response, asked === 2 ? FILE.subarray(0, 2 * PART_BYTES) : FILE);
    });
    const { result, into, moved } = await copy(lineTo(server), Buffer.alloc(0));
    expect(asked).toBeGreaterThan(2);
    expect(result).toEqual({ ok: true, value: sums });
    expect(into.content().equals(FILE)).toBe(true);
    expect(moved()).toBe(FILE.length);
  });
});
