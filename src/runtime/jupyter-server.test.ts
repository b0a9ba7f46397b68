import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Checkpoint, Integrity } from '../core/checkpoint/checkpoint.ts';
import type { Result } from '../core/result.ts';
import { lookAtFolder } from './checkpoint-look.ts';
import { listFolder, stat } from './contents.ts';
import { readRange } from './files.ts';
import { type FolderMemory, folderMemorySchema } from './folder-memory.ts';
import { kernelStatus, serverStartedAt } from './kernels.ts';
import { findPython, type RealServer, startRealServer } from './real-server.ts';
import type { ServerAddress } from './server-address.ts';
import { listSessions } from './sessions.ts';

/** A real jupyter_server with real checkpoints. Its root holds a folder with a name that has to be quoted everywhere. */
const OUT = `läufe #1/100% "it's" out`;
const root = mkdtempSync(join(tmpdir(), 'holdfast-server-'));
let server: RealServer;
let address: ServerAddress;
let settled: { readonly token: string };
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

beforeAll(async () => {
  execFileSync(findPython(), [join(import.meta.dirname, 'make-checkpoints.py'), join(root, OUT)], {
    stdio: 'pipe',
  });
  server = await startRealServer(root, { basePath: '/user/me%40x/' });
  ({ address, access: settled } = server);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`Failed: ${JSON.stringify(result.failure)}`);
}

/** One look; what it remembers goes through JSON and the schema, as it does through storage. */
async function look(previous: FolderMemory | null, relist?: 'all') {
  const fetched = vi.spyOn(globalThis, 'fetch');
  const result = await lookAtFolder(
    address,
    OUT,
    previous,
    relist === undefined ? settled : { ...settled, relist },
  );
  const requests = fetched.mock.calls.length;
  fetched.mockRestore();
  const { checkpoints, memory } = valueOf(result);
  return { checkpoints, memory: v.parse(folderMemorySchema, JSON.parse(JSON.stringify(memory))), requests };
}

/** A look at what is known costs the folder and the newest three checkpoints. */
const KNOWN_COST = 1 + 3;

async function lookUntilJudged(previous: FolderMemory | null) {
  let looked = await look(previous);
  for (let looks = 0; looks < 30; looks += 1) {
    const memory = looked.memory;
    looked = await look(memory);
    if (looked.requests === KNOWN_COST) return looked;
    expect(looked.requests).toBeLessThanOrEqual(1 + 24 + 2 * 12);
  }
  throw new Error('Still not judged');
}

const named = (checkpoints: readonly Checkpoint[], step: number): Checkpoint | undefined =>
  checkpoints.find((checkpoint) => checkpoint.step === step);

const defect = (
  kind: 'file-missing' | 'file-empty' | 'file-cut-short' | 'not-json',
  file: string,
): Integrity => ({
  kind: 'broken',
  defects: [{ kind, file }],
});
const marker = 'checkpoint-is-incomplete.txt';
const EXPECTED: readonly (readonly [step: number, integrity: Integrity])[] = [
  [10, { kind: 'complete', resumes: 'exactly' }],
  [20, { kind: 'complete', resumes: 'exactly' }],
  [101, defect('file-cut-short', 'optimizer.pt')],
  [102, defect('file-cut-short', 'adapter_model.safetensors')],
  [103, defect('file-missing', 'trainer_state.json')],
  [104, defect('not-json', 'trainer_state.json')],
  [105, { kind: 'broken', defects: [{ kind: 'marked-incomplete', file: marker }] }],
  [106, { kind: 'unproven', files: ['adapter_model.bin'] }],
  [107, { kind: 'broken', defects: [{ kind: 'wrong-step', file: 'trainer_state.json', step: 20 }] }],
  [108, defect('file-empty', 'rng_state.pth')],
  [109, { kind: 'complete', resumes: 'exactly' }],
  [110, { kind: 'complete', resumes: 'weights-only' }],
  [111, { kind: 'complete', resumes: 'weights-only' }],
  [113, defect('file-cut-short', 'adapter_model.safetensors')],
];

describe('lookAtFolder', () => {
  test('the first look reads no file and claims nothing', async () => {
    const { checkpoints, requests } = await look(null);
    expect(checkpoints.map(({ step }) => step)).toEqual(
      [...EXPECTED.map(([step]) => step), 112].toSorted((a, b) => b - a),
    );
    expect(new Set(checkpoints.map(({ integrity }) => integrity.kind))).toEqual(new Set(['writing']));
    expect(requests).toBe(1 + checkpoints.length);
  });

  test('tells the whole ones from the damaged ones', async () => {
    const { checkpoints } = await lookUntilJudged(null);
    expect(EXPECTED.map(([step]) => [step, named(checkpoints, step)?.integrity])).toEqual(EXPECTED);
    const shardGone = named(checkpoints, 112)?.integrity;
    expect(shardGone).toMatchObject({ kind: 'broken', defects: [{ kind: 'file-missing' }] });
    expect(JSON.stringify(shardGone)).toMatch(/model-00002-of-0000\d\.safetensors/);
  });

  test('reads the trainer state, also with NaN in it', async () => {
    const { checkpoints } = await lookUntilJudged(null);
    expect(named(checkpoints, 20)?.trainerState).toMatchObject({
      globalStep: 20,
      maxSteps: 20,
      saveSteps: 10,
      lastLoss: { step: 20 },
    });
    expect(named(checkpoints, 109)?.trainerState).toMatchObject({
      bestMetric: null,
      lastLoss: { step: 5, loss: 2.5 },
      lastEvalLoss: null,
    });
  });

  test('asks nothing twice, and sees what changes', async () => {
    const judged = await lookUntilJudged(null);
    const again = await look(judged.memory);
    expect(again.checkpoints).toEqual(judged.checkpoints);
    expect(again.requests).toBe(KNOWN_COST);
    expect((await look(again.memory, 'all')).requests).toBe(1 + judged.checkpoints.length);

    const folder = join(root, OUT, 'checkpoint-20');
    rmSync(join(folder, 'scheduler.pt'));
    rmSync(join(root, OUT, 'checkpoint-101'), { recursive: true });
    const changed = await look(again.memory);
    expect(named(changed.checkpoints, 20)?.integrity).toEqual({ kind: 'writing' });
    expect(named(changed.checkpoints, 101)).toBeUndefined();
    const after = await look(changed.memory);
    expect(named(after.checkpoints, 20)?.integrity).toEqual(defect('file-missing', 'scheduler.pt'));
    // Every file but the one that is gone was proven before.
    expect(after.requests).toBeLessThanOrEqual(KNOWN_COST + 1);
  });

  test('sees a file overwritten in place when it looks at all of them', async () => {
    const { memory } = await lookUntilJudged(null);
    const file = join(root, OUT, 'checkpoint-10', 'optimizer.pt');
    writeFileSync(file, 'torn');
    utimesSync(file, new Date(), new Date());
    const looked = await look(memory, 'all');
    expect(named(looked.checkpoints, 10)?.integrity).toEqual({ kind: 'writing' });
    const after = await look(looked.memory, 'all');
    expect(named(after.checkpoints, 10)?.integrity).toEqual({ kind: 'unproven', files: ['optimizer.pt'] });
  });

  test('a folder that is not there', async () => {
    expect(await lookAtFolder(address, 'nowhere', null, settled)).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
  });

  test('without a login', async () => {
    expect(await lookAtFolder(address, OUT, null)).toEqual({ ok: false, failure: { kind: 'signed-out' } });
    const file = `${OUT}/checkpoint-110/model.safetensors`;
    expect(await readRange(address, file, { from: 0, to: 8 }, 100)).toEqual({
      ok: false,
      failure: { kind: 'signed-out' },
    });
  });
});

describe('files and folders', () => {
  const file = `${OUT}/checkpoint-110/model.safetensors`;

  test('ranges: the start, the end, all of it, beyond it', async () => {
    const { sizeBytes } = valueOf(await stat(address, file, settled));
    const size = sizeBytes ?? 0;
    const read = (from: number, to: number) => readRange(address, file, { from, to }, size, settled);
    const start = valueOf(await read(0, 8));
    expect(start).toMatchObject({ totalBytes: size, way: 'range' });
    expect(start.bytes.length).toBe(8);
    expect(valueOf(await read(size - 98, size)).bytes.length).toBe(98);
    const whole = valueOf(await read(0, size));
    expect(whole).toMatchObject({ totalBytes: size, way: 'stream' });
    expect(whole.bytes.length).toBe(size);
    expect(valueOf(await read(size - 5, size + 5)).bytes.length).toBe(5);
    expect(await read(size + 1, size + 5)).toEqual({ ok: false, failure: { kind: 'conflict' } });
  });

  test('a folder is no file and a file no folder', async () => {
    expect(await listFolder(address, file, settled)).toEqual({ ok: false, failure: { kind: 'not-found' } });
    const read = await readRange(address, OUT, { from: 0, to: 8 }, 100, settled);
    expect(read.ok).toBe(false);
  });

  test('10,000 files', async () => {
    mkdirSync(join(root, 'many'));
    for (let i = 0; i < 10_000; i += 1) writeFileSync(join(root, 'many', `file-${i}`), '');
    expect(valueOf(await listFolder(address, 'many', settled)).entries.length).toBe(10_000);
  });

  test('a cookie login needs the identity that request-identity gives', async () => {
    const login = await fetch(`${address.origin}${address.basePath}lab?token=${settled.token}`, {
      redirect: 'manual',
    });
    const cookie = login.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const url = `${address.origin}${address.basePath}files/${OUT.split('/').map(encodeURIComponent).join('/')}/checkpoint-110/model.safetensors`;
    const status = async (headers: Record<string, string>) => {
      const response = await fetch(url, {
        headers: { Cookie: cookie, Range: 'bytes=0-7', ...headers },
        redirect: 'manual',
      });
      await response.body?.cancel();
      return response.status;
    };
    expect(await status({ Origin: 'chrome-extension://abc' })).toBe(403);
    expect(await status({ Origin: address.origin, Referer: `${address.origin}/` })).toBe(206);
  });
});

test('sessions, kernels, status', async () => {
  const { origin, basePath } = address;
  const headers = { Authorization: `token ${settled.token}`, 'Content-Type': 'application/json' };
  const body = { path: 'läufe #1/x y.ipynb', name: 'x', type: 'notebook', kernel: { name: 'python3' } };
  await fetch(`${origin}${basePath}api/sessions`, { method: 'POST', headers, body: JSON.stringify(body) });
  const [session] = valueOf(await listSessions(address, settled));
  expect(session?.path).toBe('läufe #1/x y.ipynb');
  const kernelId = session?.kernelId ?? '';
  const kernel = valueOf(await kernelStatus(address, kernelId, settled));
  expect(kernel).toMatchObject({ kernelId, executionState: expect.stringMatching(/^[a-z]+$/) });
  expect(Math.abs(kernel.lastActivityAt - Date.now())).toBeLessThan(120_000);
  await fetch(`${origin}${basePath}api/kernels/${kernelId}`, { method: 'DELETE', headers });
  expect(await kernelStatus(address, kernelId, settled)).toEqual({
    ok: false,
    failure: { kind: 'not-found' },
  });
  expect(valueOf(await serverStartedAt(address, settled))).toBeLessThan(Date.now());
});
