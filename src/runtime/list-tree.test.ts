import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { type TreeBounds, listTree } from './list-tree.ts';
import { type RealServer, startRealServer } from './real-server.ts';

describe('a real server', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-tree-'));
  const modified = new Date('2026-11-23T23:44:34.242Z');
  let server: RealServer;
  beforeAll(async () => {
    const write = (path: string, content: string) => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), content);
      utimesSync(join(root, path), modified, modified);
    };
    write('run #1/model.safetensors', '12345');
    write('run #1/state/rng/rank "0".pth', '1');
    write('run #1/state/läuft.json', '{}');
    write('run #1/.hidden', 'x');
    mkdirSync(join(root, 'run #1/empty'));
    for (let i = 0; i < 10_000; i += 1) write(`many/file-${i}`, '');
    mkdirSync(join(root, 'circle/inner'), { recursive: true });
    symlinkSync('..', join(root, 'circle/inner/up'));
    mkdirSync(join(root, 'deep/2/3/4/5/6/7/8'), { recursive: true });
    write('deep/2/3/4/5/6/7/8/bottom', 'x');
    server = await startRealServer(root, { basePath: '/user/me%40x/' });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  const list = (path: string, bounds?: TreeBounds) => listTree(server.address, path, server.access, bounds);

  test('all files and folders, with sizes and times', async () => {
    const modifiedAt = modified.getTime();
    expect(await list('run #1')).toEqual({
      ok: true,
      value: {
        files: [
          { path: 'model.safetensors', sizeBytes: 5, modifiedAt },
          { path: 'state/läuft.json', sizeBytes: 2, modifiedAt },
          { path: 'state/rng/rank "0".pth', sizeBytes: 1, modifiedAt },
        ],
        folders: ['empty', 'state', 'state/rng'],
        leftOut: 0,
      },
    });
  });

  test('10,000 files in one folder, one request', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const listed = await list('many');
    expect(fetched).toHaveBeenCalledTimes(1);
    fetched.mockRestore();
    expect(listed.ok && listed.value.files.length).toBe(10_000);
    expect(listed.ok && new Set(listed.value.files.map(({ path }) => path)).size).toBe(10_000);
    expect(await list('many', { entries: 9_999, depth: 8 })).toEqual({
      ok: false,
      failure: { kind: 'tree-too-large', bound: 'entries', most: 9_999 },
    });
  });

  test('a link that leads back up comes to an end', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    expect(await list('circle')).toEqual({
      ok: false,
      failure: { kind: 'tree-too-large', bound: 'depth', most: 8 },
    });
    expect(fetched).toHaveBeenCalledTimes(8);
    fetched.mockRestore();
  });

  test('eight levels are listed, nine are not', async () => {
    const listed = await list('deep');
    expect(listed.ok && listed.value.files.map(({ path }) => path)).toEqual(['2/3/4/5/6/7/8/bottom']);
    mkdirSync(join(root, 'deep/2/3/4/5/6/7/8/9'));
    expect(await list('deep')).toMatchObject({ failure: { kind: 'tree-too-large', bound: 'depth' } });
  });

  test('what is no folder, and nobody logged in', async () => {
    const notFound = { ok: false, failure: { kind: 'not-found' } };
    expect(await list('nowhere')).toEqual(notFound);
    expect(await list('run #1/model.safetensors')).toEqual(notFound);
    expect(await list('run #1/../many')).toEqual(notFound);
    expect(await listTree(server.address, 'many')).toEqual({ ok: false, failure: { kind: 'signed-out' } });
  });
});

describe('answers', () => {
  const open: FaultyServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
  });
  const folder = (entries: readonly object[]) => JSON.stringify({ type: 'directory', content: entries });
  const directory = (name: string) => ({ name, type: 'directory', size: null });

  test('names that lead elsewhere are left out and counted', async () => {
    const names = ['..', '.', '', 'a/b', '../c', 'd\0', 'good.pt'];
    const entries = [
      ...names.map((name) => ({ name, type: 'file', size: 1 })),
      { name: 's', type: 'socket' },
    ];
    const server = await startFaultyServer((_, response) => void response.end(folder(entries)));
    open.push(server);
    const listed = await listTree(server.address, 'out');
    expect(listed.ok && listed.value.files.map(({ path }) => path)).toEqual(['good.pt']);
    expect(listed.ok && listed.value.leftOut).toBe(7);
  });

  test('four folders at once and no more; one that vanishes is a conflict', async () => {
    let asked = 0;
    let most = 0;
    const server = await startFaultyServer(({ url = '' }, response) => {
      const name = /out\/(f\d+)/.exec(url)?.[1];
      if (name === undefined) {
        const entries = Array.from({ length: 12 }, (_, i) => directory(`f${i}`));
        return void response.end(folder(entries));
      }
      asked += 1;
      most = Math.max(most, asked);
      return void setTimeout(() => {
        asked -= 1;
        response.writeHead(name === 'f11' ? 404 : 200).end(folder([]));
      }, 20);
    });
    open.push(server);
    expect(await listTree(server.address, 'out')).toEqual({ ok: false, failure: { kind: 'conflict' } });
    expect(most).toBe(4);
  });

  test('a tree that is wide in every folder is given up in the midst of a level', async () => {
    const entries = Array.from({ length: 50 }, (_, i) => directory(`f${i}`));
    const server = await startFaultyServer((_, response) => void response.end(folder(entries)));
    open.push(server);
    const listed = await listTree(server.address, 'out', {}, { entries: 1000, depth: 8 });
    expect(listed).toEqual({ ok: false, failure: { kind: 'tree-too-large', bound: 'entries', most: 1000 } });
    expect(server.requests.length).toBeLessThanOrEqual(1 + 24);
  });
});
