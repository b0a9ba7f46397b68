import { expect, it } from 'vitest';
import { startFaultyServer } from '../runtime/faulty-server.ts';
import { labPage } from './lab-page.ts';
import { createMachineQuestion } from './machine-question.ts';
import { emptyNotebook } from './new-notebook.ts';
import type { Notebook } from './notebook.ts';
import type { ServerDesk } from './server-desk.ts';

const METRICS = '/api/metrics/v1';
const told = { disk_used: 30, disk_total: 100, rss: 90, limits: { memory: { rss: 100 } } };

/** A question put to a server whose routes answer with this; the others are not there. */
const setUp = async (routes: Readonly<Record<string, unknown>>, serverRoot: string | null = '/home/me') => {
  const server = await startFaultyServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://x');
    const answer = routes[pathname];
    if (answer === undefined) response.writeHead(404).end('{}');
    else response.end(JSON.stringify(answer));
  });
  const state = { at: 0 };
  const ask: ServerDesk['ask'] = (_, question) =>
    question({ address: server.address, access: { stallMs: 1000 } });
  const record: Notebook = { ...emptyNotebook({ ...labPage, serverRoot }, 'a.ipynb', 0), present: true };
  const asked = (): readonly string[] =>
    server.requests.map(({ url }) => new URL(url, 'http://x').pathname.replace('/api/contents', ''));
  return { server, state, record, asked, ...createMachineQuestion({ ask }, () => state.at) };
};

const file = (content: string) => ({ type: 'file', content });

it('one answer serves both who ask for the disk and who ask for the memory', async () => {
  const { server, record, asked, freeOf, memoryOf } = await setUp({ [METRICS]: told });
  const [free, memory] = await Promise.all([freeOf(record), memoryOf(record)]);
  expect(free).toEqual({ ok: true, value: 70 });
  expect(memory).toEqual({ ok: true, value: { usedBytes: 90, limitBytes: 100 } });
  await freeOf(record);
  expect(asked()).toEqual([METRICS]);
  await server[Symbol.asyncDispose]();
});

it('a server that tells nothing is not asked again for an hour', async () => {
  const { server, record, state, asked, freeOf, memoryOf } = await setUp({});
  for (let minute = 0; minute < 60; minute += 1) {
    state.at = minute * 60_000;
    expect(await memoryOf(record)).toEqual({ ok: true, value: null });
    await freeOf(record);
  }
  expect(asked()).toEqual([METRICS]);
  state.at = 60 * 60_000;
  await memoryOf(record);
  expect(asked()).toHaveLength(2);
  await server[Symbol.asyncDispose]();
});

it('where the root is the machine’s its files are read, and its groups looked for once', async () => {
  const { server, record, state, asked, memoryOf } = await setUp(
    {
      '/api/contents/proc/self/cgroup': file('0::/\n'),
      '/api/contents/sys/fs/cgroup/memory.max': file('2000'),
      '/api/contents/sys/fs/cgroup/memory.current': file('1900'),
      '/api/contents/sys/fs/cgroup/memory.stat': file('inactive_file 0'),
      '/api/contents/proc/meminfo': file('MemTotal: 100 kB\nMemAvailable: 60 kB\n'),
    },
    '/',
  );
  for (const at of [0, 60_000]) {
    state.at = at;
    expect(await memoryOf(record)).toEqual({ ok: true, value: { usedBytes: 1900, limitBytes: 2000 } });
  }
  const each = ['/proc/meminfo', '/sys/fs/cgroup/memory.current', '/sys/fs/cgroup/memory.stat'];
  expect(asked()).toEqual([METRICS, '/proc/self/cgroup', '/sys/fs/cgroup/memory.max', ...each, ...each]);
  await server[Symbol.asyncDispose]();
});
