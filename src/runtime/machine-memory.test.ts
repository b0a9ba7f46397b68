import { describe, expect, test } from 'vitest';
import { startFaultyServer } from './faulty-server.ts';
import { limitedGroups, machineMemory } from './machine-memory.ts';

/** A server whose root has these files, and what was asked of it. */
const machine = async (files: Readonly<Record<string, string | number>>) => {
  const server = await startFaultyServer(({ url = '' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://x').pathname).replace('/api/contents/', '');
    const content = files[path];
    const file = { name: 'x', path, type: 'file', format: 'text', content };
    response.writeHead(typeof content === 'string' ? 200 : (content ?? 404)).end(JSON.stringify(file));
  });
  return { server, access: { stallMs: 1000 } };
};
const STAT = 'anon 1\ninactive_file 100\nactive_file 50\nslab_reclaimable 0\n';
const MEMINFO = 'MemTotal: 100 kB\nMemAvailable: 60 kB\n';

const readAll = async (files: Readonly<Record<string, string | number>>) => {
  const { server, access } = await machine(files);
  const groups = await limitedGroups(server.address, access);
  const known = groups.ok ? groups.value : null;
  const use = known === null ? groups : await machineMemory(server.address, known, access);
  await server[Symbol.asyncDispose]();
  return { groups, use };
};

describe('what Linux says of its memory', () => {
  test('in a container its limit counts, not what the host has', async () => {
    const { use } = await readAll({
      'proc/self/cgroup': '0::/\n',
      'sys/fs/cgroup/memory.max': '20000\n',
      'sys/fs/cgroup/memory.current': '19000\n',
      'sys/fs/cgroup/memory.stat': STAT,
      'proc/meminfo': MEMINFO,
    });
    expect(use).toEqual({ ok: true, value: { usedBytes: 18_850, limitBytes: 20_000 } });
  });

  test('where the host is nearer to its end than the container, the host counts', async () => {
    const { use } = await readAll({
      'proc/self/cgroup': '0::/\n',
      'sys/fs/cgroup/memory.max': '200000\n',
      'sys/fs/cgroup/memory.current': '1000\n',
      'sys/fs/cgroup/memory.stat': STAT,
      'proc/meminfo': MEMINFO,
    });
    expect(use).toEqual({ ok: true, value: { usedBytes: 40 * 1024, limitBytes: 100 * 1024 } });
  });

  test('without a limit of its own it is the machine', async () => {
    const { groups, use } = await readAll({
      'proc/self/cgroup': '4:memory:/docker/x\n0::/\n',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
      'proc/meminfo': MEMINFO,
    });
    expect(groups).toEqual({ ok: true, value: [] });
    expect(use).toEqual({ ok: true, value: { usedBytes: 40 * 1024, limitBytes: 100 * 1024 } });
  });

  test.each([
    ['where the limits cannot be read', { 'proc/self/cgroup': '0::/\n', 'proc/meminfo': MEMINFO }],
    ['where they may not be', { 'proc/self/cgroup': 403, 'proc/meminfo': MEMINFO }],
    ['on another system', { 'Users/me/a.ipynb': '{}' }],
    ['where they are no limits', { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/memory.max': 'soon' }],
  ])('%s nothing is known', async (_, files) => {
    expect((await readAll(files)).groups).toEqual({ ok: true, value: null });
  });

  test.each([
    ['what is taken', { 'sys/fs/cgroup/memory.stat': STAT }],
    ['what of it is given back', { 'sys/fs/cgroup/memory.current': '19000\n' }],
  ])('a limit is of no use without %s', async (_, files) => {
    const limit = { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/memory.max': '20000\n' };
    expect((await readAll({ ...limit, 'proc/meminfo': MEMINFO, ...files })).use).toEqual({
      ok: true,
      value: null,
    });
  });

  test('a server in trouble says nothing of the memory', async () => {
    expect((await readAll({ 'proc/self/cgroup': 502 })).groups).toMatchObject({
      ok: false,
      failure: { kind: 'server-error' },
    });
  });
});
