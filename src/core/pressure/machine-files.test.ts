import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupLimit, groupUse, machineUse, memoryGroups } from './machine-files.ts';

describe('where limits may stand', () => {
  it.each([
    // A container with a view of its own (cgroup v2).
    ['0::/\n', ['sys/fs/cgroup/memory.max']],
    [
      '0::/user.slice/user-1000.slice\n',
      [
        'sys/fs/cgroup/memory.max',
        'sys/fs/cgroup/user.slice/memory.max',
        'sys/fs/cgroup/user.slice/user-1000.slice/memory.max',
      ],
    ],
    // Docker on the older form: the name is the host's, the files lie at the top.
    [
      '9:name=systemd:/\n4:memory:/docker/bd1e\n1:cpu,cpuacct:/x\n0::/\n',
      [
        'sys/fs/cgroup/memory/memory.limit_in_bytes',
        'sys/fs/cgroup/memory/docker/memory.limit_in_bytes',
        'sys/fs/cgroup/memory/docker/bd1e/memory.limit_in_bytes',
      ],
    ],
    // Seen from within a namespace: the group lies outside of it.
    ['0::/../../other\n', ['sys/fs/cgroup/memory.max']],
    ['nothing of the kind', []],
    ['', []],
  ])('%j', (text, limits) => {
    expect(memoryGroups(text).map(({ limit }) => limit)).toEqual(limits);
  });

  it('is a small number of places within the file system for control groups, whatever is said', () => {
    const line = fc.tuple(
      fc.constantFrom('0::', '4:memory:', '2:cpu,memory:'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
        const groups = memoryGroups(lines.map(([head, path]) => `${head}/${path}`).join('\n'));
        expect(groups.length).toBeLessThanOrEqual(8);
        for (const { limit, usage, stat } of groups)
          for (const path of [limit, usage, stat]) {
            expect(path.startsWith('sys/fs/cgroup/')).toBe(true);
            expect(path.split('/')).not.toContain('..');
          }
      }),
    );
  });
});

it.each([
  ['max\n', { kind: 'none' }],
  ['9223372036854771712\n', { kind: 'none' }],
  ['299999232\n', { kind: 'bytes', bytes: 299_999_232 }],
  ['-1', { kind: 'not-understood' }],
  ['1e9', { kind: 'not-understood' }],
  ['', { kind: 'not-understood' }],
])('the limit %j', (text, limit) => {
  expect(groupLimit(text)).toEqual(limit);
});

describe('what is taken', () => {
  const newer = 'anon 5000\nfile 900\ninactive_file 700\nactive_file 100\nslab_reclaimable 50\nslab 80\n';
  const older = 'cache 1\ninactive_file 1\nactive_file 1\ntotal_inactive_file 700\ntotal_active_file 100\n';

  it.each([
    ['without the files that were read', 10_000, '6000\n', newer, 5150],
    ['in the older form with the groups within', 10_000, '6000\n', older, 5200],
    ['never less than nothing', 10_000, '600\n', newer, 0],
  ])('%s', (_, limit, usage, stat, usedBytes) => {
    expect(groupUse(limit, usage, stat)).toEqual({ usedBytes, limitBytes: limit });
  });

  it.each([
    ['', newer],
    ['many', newer],
    ['6000', 'nothing of the kind'],
    ['6000', ''],
  ])('%j is not understood', (usage, stat) => {
    expect(groupUse(10_000, usage, stat)).toBeNull();
  });

  it('of the whole machine is what is not available', () => {
    const text = 'MemTotal:       13290460 kB\nMemFree:         900000 kB\nMemAvailable:     884736 kB\n';
    expect(machineUse(text)).toEqual({
      usedBytes: (13_290_460 - 884_736) * 1024,
      limitBytes: 13_290_460 * 1024,
    });
    expect(machineUse('MemTotal: 100 kB\nMemFree: 10 kB\n')).toBeNull();
    expect(machineUse('MemTotal: 10 kB\nMemAvailable: 20 kB\n')).toBeNull();
  });
});
