import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DiskSpace, colabResources, diskSpace } from './disk-space.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { startRealServer } from './real-server.ts';

const open: FaultyServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server[Symbol.asyncDispose]();
});

async function told(status: number, body: string) {
  const server = await startFaultyServer((_, response) => void response.writeHead(status).end(body));
  open.push(server);
  const result = await diskSpace(server.address, { stallMs: 1000 });
  expect(server.requests[0]?.url).toBe('/api/colab/resources');
  return result;
}

const disk = (totalBytes: unknown, usedBytes: unknown) => ({
  filesystem: { label: 'kernel', totalBytes, usedBytes },
});
const memory = { totalBytes: 5, freeBytes: 4, kernels: [{ uuid: 'k', usedBytes: 1 }] };

test.each<[string, unknown, DiskSpace | null]>([
  ['one disk', { memory, disks: [disk(100, 30)], gpus: [] }, { totalBytes: 100, freeBytes: 70 }],
  ['the first of two', { disks: [disk(100, 30), disk(9, 1)] }, { totalBytes: 100, freeBytes: 70 }],
  ['a full one', { disks: [disk(100, 100)] }, { totalBytes: 100, freeBytes: 0 }],
  ['the older form', { ram: {}, disk: { usage: 40, limit: 120 } }, { totalBytes: 120, freeBytes: 80 }],
  ['nothing measured', { memory, disks: [disk(0, 0)], gpus: [] }, null],
  ['more used than there is', { disks: [disk(100, 101)] }, null],
  ['no disk', { memory, disks: [] }, null],
  ['text for numbers', { disks: [disk('100', '30')] }, null],
  ['less than nothing', { disks: [disk(100, -1)] }, null],
  ['another shape', { disks: { '/': 1 } }, null],
  ['nothing at all', null, null],
])('%s', async (_, resources, value) => {
  expect(await told(200, JSON.stringify(resources))).toEqual({ ok: true, value });
  expect(await told(200, `)]}'\n${JSON.stringify(resources)}`)).toEqual({ ok: true, value });
});

test.each([
  ['as the machine measures it', memory, { usedBytes: 1, limitBytes: 5 }],
  ['not measured', { totalBytes: 0, freeBytes: 0 }, null],
  ['more free than there is', { totalBytes: 5, freeBytes: 6 }, null],
  ['text for numbers', { totalBytes: '5', freeBytes: '4' }, null],
  ['not told', undefined, null],
])('memory %s', async (_, said, use) => {
  const server = await startFaultyServer(
    (__, response) => void response.writeHead(200).end(JSON.stringify({ memory: said, disks: [] })),
  );
  open.push(server);
  expect(await colabResources(server.address)).toEqual({ ok: true, value: { disk: null, memory: use } });
});

test('what is no answer to the question, and what is trouble', async () => {
  expect(await told(404, '<html>')).toEqual({ ok: true, value: null });
  expect(await told(200, '<html><h1>Hello</h1>')).toEqual({ ok: true, value: null });
  expect(await told(200, `[${'1,'.repeat(200_000)}1]`)).toEqual({ ok: true, value: null });
  expect(await told(401, '')).toEqual({ ok: false, failure: { kind: 'signed-out' } });
  expect(await told(502, '')).toEqual({ ok: false, failure: { kind: 'server-error', status: 502 } });
});

test('a plain Jupyter server does not tell', async () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-space-'));
  const server = await startRealServer(root);
  expect(await diskSpace(server.address, server.access)).toEqual({ ok: true, value: null });
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});
