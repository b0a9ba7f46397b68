import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { type RealServer, startRealServer } from './real-server.ts';
import { HASH_BOUND_BYTES, statWithHash } from './stat-with-hash.ts';

describe('a real server', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-hash-'));
  const content = randomBytes(5_000_000);
  let server: RealServer;
  let offersHash: boolean;
  beforeAll(async () => {
    mkdirSync(join(root, 'läufe #1'));
    writeFileSync(join(root, 'läufe #1', 'a.pt'), content);
    symlinkSync('a.pt', join(root, 'läufe #1', 'last.ckpt'));
    writeFileSync(join(root, 'empty'), '');
    writeFileSync(join(root, 'large'), '');
    truncateSync(join(root, 'large'), HASH_BOUND_BYTES + 1);
    server = await startRealServer(root);
    offersHash = server.version >= 2_011_001;
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  const hashed = (path: string, sizeBytes: number) =>
    statWithHash(server.address, path, sizeBytes, server.access);
  const sha256 = (bytes: Uint8Array) =>
    offersHash ? createHash('sha256').update(bytes).digest('hex') : null;

  test('gives its hash since 2.11.1, and the file as before', async () => {
    expect(await hashed('läufe #1/a.pt', content.length)).toMatchObject({
      ok: true,
      value: { file: { name: 'a.pt', kind: 'file', sizeBytes: content.length }, sha256: sha256(content) },
    });
    expect(await hashed('läufe #1/last.ckpt', 4)).toMatchObject({
      ok: true,
      value: { sha256: sha256(content) },
    });
    expect(await hashed('empty', 0)).toMatchObject({
      ok: true,
      value: { sha256: sha256(new Uint8Array(0)) },
    });
    expect(await hashed('nowhere', 0)).toEqual({ ok: false, failure: { kind: 'not-found' } });
  });

  test('is not asked to hold a large file in its memory', async () => {
    expect(await hashed('large', HASH_BOUND_BYTES + 1)).toMatchObject({
      ok: true,
      value: { file: { sizeBytes: HASH_BOUND_BYTES + 1 }, sha256: null },
    });
  });
});

describe('answers', () => {
  const open: FaultyServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
  });
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  async function answered(fields: object, delayMs = 0, sizeBytes = 3, stallMs = 5000) {
    const server = await startFaultyServer((_, response) => {
      const reply = JSON.stringify({ name: 'a', type: 'file', size: 3, last_modified: null, ...fields });
      setTimeout(() => response.end(reply), delayMs);
    });
    open.push(server);
    const { address, requests } = server;
    return { result: await statWithHash(address, 'a', sizeBytes, { stallMs }), requests };
  }

  test.each<[string, object, string | null]>([
    ['a hash', { hash: digest, hash_algorithm: 'sha256' }, digest],
    ['in capitals', { hash: digest.toUpperCase(), hash_algorithm: 'sha256' }, digest],
    ['another algorithm', { hash: digest, hash_algorithm: 'blake2s' }, null],
    ['no algorithm', { hash: digest }, null],
    ['no hash', { hash: null, hash_algorithm: null }, null],
    ['another length', { hash: digest.slice(1), hash_algorithm: 'sha256' }, null],
    ['no text', { hash: 7, hash_algorithm: 'sha256' }, null],
  ])('%s', async (_, fields, sha256) => {
    const { result, requests } = await answered(fields);
    expect(result).toMatchObject({ ok: true, value: { sha256 } });
    expect(requests[0]?.url).toBe('/api/contents/a?type=file&content=0&hash=1');
  });

  test('a large file may take its time, a small one not', async () => {
    const fields = { hash: digest, hash_algorithm: 'sha256' };
    expect((await answered(fields, 700, 60_000_000, 100)).result.ok).toBe(true);
    expect((await answered(fields, 700, 3, 100)).result).toMatchObject({ failure: { kind: 'stalled' } });
  });
});
