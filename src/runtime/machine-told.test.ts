import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFaultyServer } from './faulty-server.ts';
import { liesElsewhere, machineTold } from './machine-told.ts';
import { startRealServer } from './real-server.ts';

const NOTHING = { freeBytes: null, memory: null };

const told = async (isColab: boolean, status: number, body: string) => {
  await using server = await startFaultyServer((_, response) => void response.writeHead(status).end(body));
  const result = await machineTold(server.address, isColab, { stallMs: 1000 });
  return { result, asked: server.requests.map(({ url }) => url) };
};

test.each([
  ['with its disk', { rss: 1, limits: { disk: { disk: 100 } }, disk_used: 30, disk_total: 100 }, 70],
  ['full', { disk_used: 100, disk_total: 100 }, 0],
  ['more used than there is', { disk_used: 120, disk_total: 100 }, 0],
  ['memory only', { rss: 1, limits: { memory: { rss: 0, pss: 0 } }, pss: 1 }, null],
  ['nothing measured', { disk_used: 0, disk_total: 0 }, null],
  ['text for numbers', { disk_used: '30', disk_total: '100' }, null],
  ['nothing at all', null, null],
])('jupyter-resource-usage, %s', async (_what, metrics, free) => {
  const { result, asked } = await told(false, 200, JSON.stringify(metrics));
  expect(result).toMatchObject({ ok: true, value: { freeBytes: free } });
  expect(asked).toEqual(['/api/metrics/v1']);
});

test.each([
  ['with a limit', { rss: 90, pss: 80, limits: { memory: { rss: 100, pss: 100, warn: true } } }, [80, 100]],
  ['without shared pages counted once', { rss: 90, limits: { memory: { rss: 100 } } }, [90, 100]],
  ['without a limit', { rss: 90, pss: 80, limits: { memory: { rss: 0, pss: 0 } } }, null],
  ['before limits were told', { rss: 90, limits: {} }, null],
  ['text for numbers', { rss: '90', limits: { memory: { rss: '100' } } }, null],
  ['less than nothing', { rss: -1, limits: { memory: { rss: 100 } } }, null],
])('jupyter-resource-usage of memory, %s', async (_what, metrics, use) => {
  const { result } = await told(false, 200, JSON.stringify(metrics));
  const memory = use === null ? null : { usedBytes: use[0], limitBytes: use[1] };
  expect(result).toEqual({ ok: true, value: { freeBytes: null, memory } });
});

test('Colab is asked by its own route, and what is trouble is said', async () => {
  const disks = [{ filesystem: { label: 'kernel', totalBytes: 100, usedBytes: 30 } }];
  const { result, asked } = await told(
    true,
    200,
    `)]}'\n${JSON.stringify({ disks, memory: { totalBytes: 10, freeBytes: 2 } })}`,
  );
  expect(result).toEqual({ ok: true, value: { freeBytes: 70, memory: { usedBytes: 8, limitBytes: 10 } } });
  expect(asked).toEqual(['/api/colab/resources']);
  expect((await told(false, 404, '<html>')).result).toEqual({ ok: true, value: NOTHING });
  expect((await told(false, 502, '')).result).toEqual({
    ok: false,
    failure: { kind: 'server-error', status: 502 },
  });
});

test('a plain Jupyter server does not tell', async () => {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-free-'));
  const server = await startRealServer(root);
  expect(await machineTold(server.address, false, server.access)).toEqual({ ok: true, value: NOTHING });
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

test.each([
  ['content/drive', true],
  ['content/drive/MyDrive/outputs', true],
  ['content/driver', false],
  ['content/outputs', false],
])('%s lies elsewhere: %s', (folder, elsewhere) => {
  expect(liesElsewhere(folder)).toBe(elsewhere);
});
