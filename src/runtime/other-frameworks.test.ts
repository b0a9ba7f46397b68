import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Checkpoint, Integrity } from '../core/checkpoint/checkpoint.ts';
import type { Framework } from '../core/framework.ts';
import { lookAtFolder } from './checkpoint-look.ts';
import { searchGrowth } from './growth-search.ts';
import { type FolderMemory, folderMemorySchema } from './folder-memory.ts';
import { findPython, type RealServer, startRealServer } from './real-server.ts';

/** A real jupyter_server with what Lightning, Keras, accelerate and `torch.save` really write. */
const root = mkdtempSync(join(tmpdir(), 'holdfast-frameworks-'));
let server: RealServer;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

beforeAll(async () => {
  execFileSync(findPython(), [join(import.meta.dirname, 'make-other-checkpoints.py'), root], {
    stdio: 'pipe',
  });
  server = await startRealServer(root);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

/** What it remembers goes through JSON and the schema, as it does through storage. */
async function look(folder: string, previous: FolderMemory | null, framework: Framework | null = null) {
  const looked = await lookAtFolder(server.address, folder, previous, { ...server.access, framework });
  if (!looked.ok) throw new Error(`Failed: ${JSON.stringify(looked.failure)}`);
  const memory = v.parse(folderMemorySchema, JSON.parse(JSON.stringify(looked.value.memory)));
  return { checkpoints: looked.value.checkpoints, memory };
}

async function judged(folder: string, framework: Framework | null = null): Promise<readonly Checkpoint[]> {
  const first = await look(folder, null, framework);
  expect(new Set(first.checkpoints.map(({ integrity }) => integrity.kind))).toEqual(new Set(['writing']));
  return (await look(folder, first.memory, framework)).checkpoints;
}

const rows = (checkpoints: readonly Checkpoint[]) =>
  Object.fromEntries(
    checkpoints.map(({ name, framework, form, step, epoch, integrity }) => [
      name,
      [framework, form, step, epoch, integrity],
    ]),
  );

const whole = (resumes: 'exactly' | 'unknown'): Integrity => ({ kind: 'complete', resumes });
const cutShort = (file: string): Integrity => ({
  kind: 'broken',
  defects: [{ kind: 'file-cut-short', file }],
});

test('Lightning: files, and a link to the newest', async () => {
  expect(rows(await judged('lightning_logs/version_0/checkpoints'))).toEqual({
    'epoch=0-step=4.ckpt': ['lightning', 'file', 4, 0, whole('exactly')],
    'epoch=1-step=8.ckpt': ['lightning', 'file', 8, 1, cutShort('epoch=1-step=8.ckpt')],
    'epoch=2-step=12.ckpt': ['lightning', 'file', 12, 2, whole('exactly')],
    'last.ckpt': ['lightning', 'file', null, null, whole('exactly')],
  });
});

test('Keras: models, weights, and the backup with its epoch', async () => {
  expect(rows(await judged('keras'))).toEqual({
    'weights.01.keras': ['keras', 'file', null, 1, whole('exactly')],
    'weights.02.keras': ['keras', 'file', null, 2, whole('exactly')],
    'weights.03.keras': ['keras', 'file', null, 3, cutShort('weights.03.keras')],
    'weights.04.keras': ['keras', 'file', null, 4, whole('exactly')],
  });
  expect(rows(await judged('weights'))).toMatchObject({
    'cp-0003.weights.h5': ['keras', 'file', null, 3, cutShort('cp-0003.weights.h5')],
    'cp-0004.weights.h5': ['keras', 'file', null, 4, whole('unknown')],
  });
  expect(rows(await judged('backup'))).toEqual({
    'latest.weights.h5': ['keras', 'file', null, 4, whole('exactly')],
  });
});

test('accelerate: states that are counted, whole by their last file', async () => {
  expect(rows(await judged('accelerate/checkpoints'))).toEqual({
    checkpoint_0: ['accelerate', 'folder', null, null, whole('exactly')],
    checkpoint_1: ['accelerate', 'folder', null, null, cutShort('optimizer.bin')],
    checkpoint_2: [
      'accelerate',
      'folder',
      null,
      null,
      { kind: 'broken', defects: [{ kind: 'file-missing', file: 'random_states_0.pkl' }] },
    ],
  });
});

test('a loop of its own: what is inside, only it knows', async () => {
  expect(rows(await judged('loop', 'pytorch'))).toEqual({
    'last.pt': ['pytorch', 'file', null, null, whole('unknown')],
    'ckpt_step_10.pt': ['pytorch', 'file', 10, null, { kind: 'unproven', files: ['ckpt_step_10.pt'] }],
    'ckpt_step_20.pt': ['pytorch', 'file', 20, null, whole('unknown')],
    'ckpt_step_30.pt': ['pytorch', 'file', 30, null, cutShort('ckpt_step_30.pt')],
  });
});

test('files in the root of the server', async () => {
  copyFileSync(join(root, 'loop', 'ckpt_step_20.pt'), join(root, 'best_step_20.pt'));
  expect(rows(await judged(''))).toEqual({
    'best_step_20.pt': ['pytorch', 'file', 20, null, whole('unknown')],
  });
  rmSync(join(root, 'best_step_20.pt'));
});

test('a file that grows is being written, and costs one request to look at when it stands still', async () => {
  const first = await look('loop', null);
  appendFileSync(join(root, 'loop', 'last.pt'), 'more');
  const second = await look('loop', first.memory);
  expect(second.checkpoints.find(({ name }) => name === 'last.pt')?.integrity).toEqual({ kind: 'writing' });
  const third = await look('loop', second.memory);
  expect(third.checkpoints.find(({ name }) => name === 'last.pt')?.integrity).toEqual(cutShort('last.pt'));
  const fetched = vi.spyOn(globalThis, 'fetch');
  await look('loop', third.memory);
  expect(fetched.mock.calls.length).toBe(1);
  fetched.mockRestore();
});

describe('the search for what grows', () => {
  const search = async (since: number, listings?: number) => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const found = await searchGrowth(server.address, '', {
      ...server.access,
      framework: null,
      since,
      ...(listings === undefined ? {} : { listings }),
    });
    const requests = fetched.mock.calls.length;
    fetched.mockRestore();
    if (!found.ok) throw new Error(`Failed: ${found.failure.kind}`);
    return { paths: found.value.map(({ path }) => path).toSorted(), places: found.value, requests };
  };

  test('finds every folder of this morning with checkpoints in it', async () => {
    const { paths, places, requests } = await search(0);
    expect(paths).toEqual([
      'accelerate/checkpoints',
      'backup',
      'keras',
      'lightning_logs/version_0/checkpoints',
      'loop',
      'weights',
    ]);
    const lightning = places.find(({ path }) => path.startsWith('lightning'));
    expect(lightning?.checkpoints.map(({ name }) => name)).toContain('epoch=0-step=4.ckpt');
    expect(requests).toBeLessThanOrEqual(30);
  });

  test('asks no more than it may', async () => {
    const { requests } = await search(0, 3);
    expect(requests).toBe(3);
  });

  test('leaves out folders that did not change since, but for the usual places', async () => {
    const { paths } = await search(Date.now() + 60_000);
    expect(paths).toContain('lightning_logs/version_0/checkpoints');
    expect(paths).toContain('weights');
    expect(paths).not.toContain('loop');
  });

  test('of a folder that is not there fails', async () => {
    const options = { ...server.access, framework: null, since: 0 };
    expect(await searchGrowth(server.address, 'nowhere', options)).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
  });
});
