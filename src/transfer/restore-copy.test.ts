import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RestoreTask, TaskEnd } from '../protocol/transfer-message.ts';
import { startFaultyServer } from '../runtime/faulty-server.ts';
import { startRealServer, type RealServer } from '../runtime/real-server.ts';
import { memoryVault } from '../vault/memory-vault.ts';
import { openLine, type Line } from './line.ts';
import { TaskStopped } from './report.ts';
import { restoreCopy } from './restore-copy.ts';

const FOLDER = 'outputs/checkpoint-7';
const files = { 'config.json': Buffer.from('{"a":1}'), 'model.bin': randomBytes(100_000) };

const lineTo = (server: Pick<RealServer, 'address'> & Partial<Pick<RealServer, 'access'>>): Line =>
  openLine({
    server: { address: server.address, access: server.access ?? {} },
    signal: new AbortController().signal,
    renew: async () => null,
    onTryingAgain: () => undefined,
  });

/** The server has a hidden folder of its own beside what it changes. */
const seenIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => !name.startsWith('.'));

const putBack = async (
  line: Line,
  occupied: RestoreTask['occupied'] = 'ask',
): Promise<TaskEnd | TaskStopped['why']> => {
  const vault = memoryVault();
  const { id } = vault.keep(files, { emptyFolders: ['nothing'] });
  const server = { address: { origin: '', basePath: '' }, access: {} };
  const task = { kind: 'restore', taskId: 't', server, copyId: id, folder: FOLDER, occupied } as const;
  const meter = { add: () => undefined, total: () => undefined };
  try {
    return await restoreCopy(task, vault, line, meter);
  } catch (error) {
    if (error instanceof TaskStopped) return error.why;
    throw error;
  }
};

describe('on a real server', () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-restore-'));
  const outputs = join(root, 'outputs');
  let server: RealServer;
  beforeAll(async () => {
    server = await startRealServer(root);
  });
  beforeEach(() => rmSync(outputs, { recursive: true, force: true }));
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(root, { recursive: true });
  });

  const lie = (folder: string, content: Readonly<Record<string, string | Buffer>>): void => {
    mkdirSync(join(outputs, folder), { recursive: true });
    for (const [name, bytes] of Object.entries(content)) writeFileSync(join(outputs, folder, name), bytes);
  };
  const bytesAt = (path: string): Buffer => readFileSync(join(outputs, path));
  const isWhole = (): void => {
    for (const [path, bytes] of Object.entries(files))
      expect(bytesAt(`checkpoint-7/${path}`).equals(bytes), path).toBe(true);
    expect(readdirSync(join(outputs, 'checkpoint-7/nothing'))).toEqual([]);
  };

  it('puts it where nothing lies', async () => {
    expect(await putBack(lineTo(server))).toMatchObject({
      kind: 'restored',
      checked: 'verified',
      asideAs: null,
    });
    isWhole();
    expect(seenIn(outputs)).toEqual(['checkpoint-7']);
    // The server makes an empty `.ipynb_checkpoints` where it renames: not within the checkpoint.
    expect(readdirSync(join(outputs, 'checkpoint-7')).toSorted()).toEqual([
      'config.json',
      'model.bin',
      'nothing',
    ]);
  });

  it('asks once for the hash of each file, when it has put it there', async () => {
    using fetched = vi.spyOn(globalThis, 'fetch');
    expect(await putBack(lineTo(server))).toMatchObject({ kind: 'restored', checked: 'verified' });
    const hashed = fetched.mock.calls
      .map(([input]) => new URL(input instanceof Request ? input.url : input))
      .filter(({ searchParams }) => searchParams.has('hash'))
      .map(({ pathname }) => pathname.slice(pathname.lastIndexOf('/') + 1));
    expect(hashed.toSorted()).toEqual(['config.json', 'model.bin']);
  });

  it('takes nothing on trust that an earlier try has left', async () => {
    const beside = 'restoring.checkpoint-7.holdfast-part';
    lie(beside, { 'config.json': files['config.json'], 'model.bin': Buffer.alloc(100_000) });
    expect(await putBack(lineTo(server))).toMatchObject({ kind: 'restored', checked: 'verified' });
    isWhole();
  });

  it('leaves what is in the way alone', async () => {
    lie('checkpoint-7', { 'config.json': 'mine' });
    expect(await putBack(lineTo(server))).toEqual({ kind: 'in-the-way', name: 'checkpoint-7' });
    expect(bytesAt('checkpoint-7/config.json').toString()).toBe('mine');
    expect(seenIn(outputs)).toEqual(['checkpoint-7']);
  });

  it('moves what is in the way aside when that is wanted, by a name that is free and that no rotation knows', async () => {
    lie('checkpoint-7', { 'config.json': 'mine' });
    lie('before-restore-1.checkpoint-7', { 'config.json': 'older' });
    expect(await putBack(lineTo(server), 'move-aside')).toMatchObject({
      kind: 'restored',
      asideAs: 'outputs/before-restore-2.checkpoint-7',
    });
    isWhole();
    expect(bytesAt('before-restore-1.checkpoint-7/config.json').toString()).toBe('older');
    expect(bytesAt('before-restore-2.checkpoint-7/config.json').toString()).toBe('mine');
  });

  it('moves a file aside as well as a folder', async () => {
    lie('', { 'checkpoint-7': 'a file' });
    expect(await putBack(lineTo(server))).toEqual({ kind: 'in-the-way', name: 'checkpoint-7' });
    expect(await putBack(lineTo(server), 'move-aside')).toMatchObject({ kind: 'restored' });
    isWhole();
    expect(bytesAt('before-restore-1.checkpoint-7').toString()).toBe('a file');
  });

  it('has nothing to do where the very same lies', async () => {
    lie('checkpoint-7', files);
    for (const occupied of ['ask', 'move-aside'] as const)
      expect(await putBack(lineTo(server), occupied)).toMatchObject({ kind: 'restored', asideAs: null });
    expect(seenIn(outputs)).toEqual(['checkpoint-7']);
  });

  it.each([
    ['a byte differs', { ...files, 'model.bin': Buffer.alloc(100_000) }],
    ['a file is missing', { 'config.json': files['config.json'] }],
    ['there is one more', { ...files, 'more.bin': 'x' }],
  ])('does not take it for the same when %s', async (_what, content) => {
    lie('checkpoint-7', content);
    expect(await putBack(lineTo(server))).toEqual({ kind: 'in-the-way', name: 'checkpoint-7' });
  });

  it('writes nothing under a name that a rotation of checkpoints takes away', async () => {
    lie('', {});
    const names = new Set<string>();
    const line = lineTo(server);
    const watched: Line = {
      ask: async (question) => {
        const answer = await line.ask(question);
        for (const name of seenIn(outputs)) names.add(name);
        return answer;
      },
    };
    expect(await putBack(watched)).toMatchObject({ kind: 'restored' });
    expect([...names].filter((name) => name.startsWith('checkpoint-'))).toEqual(['checkpoint-7']);
    expect(names.size).toBeGreaterThan(1);
  });
});

describe('on a machine that tells how much its disk holds', () => {
  const told = (freeBytes: number) =>
    startFaultyServer((request, response) => {
      const totalBytes = 100_000_000_000;
      const disks = [{ filesystem: { totalBytes, usedBytes: totalBytes - freeBytes } }];
      if (request.url === '/api/colab/resources') response.end(JSON.stringify({ disks }));
      else response.writeHead(request.method === 'GET' ? 404 : 507).end('{}');
    });

  it('does not begin what cannot fit', async () => {
    await using server = await told(300_000);
    expect(await putBack(lineTo(server))).toMatchObject({ kind: 'no-room-there' });
  });

  it('begins what fits', async () => {
    await using server = await told(1_000_000_000);
    // That far it came: the disk of this one is full whatever it told.
    expect(await putBack(lineTo(server))).toMatchObject({
      kind: 'server',
      trouble: { kind: 'disk-full' },
    });
  });
});
