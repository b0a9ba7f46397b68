import type { MemoryUse } from './memory-use.ts';

/**
 * What Linux says of its memory, in files that a server whose root is `/` can read out: the whole machine's, and the limits of the
 * control groups that the server and its kernels are in, as every container is (`man 7 cgroups`, docs.kernel.org:
 * `admin-guide/cgroup-v2`, `cgroup-v1/memory`, `filesystems/proc`).
 */
export const GROUPS_FILE = 'proc/self/cgroup';
export const MACHINE_FILE = 'proc/meminfo';

/** Files of one control group, relative to the root. */
export interface MemoryGroup {
  readonly limit: string;
  readonly usage: string;
  readonly stat: string;
}

/** Deeper than this none are nested; what lies between is left out. */
const MOST_LEVELS = 8;

/**
 * Where limits may stand for the process that this text of `/proc/self/cgroup` is of, from the outermost inwards. A container
 * may see its own group at the top, under a name that only its host knows: not each of them need be there.
 */
export const memoryGroups = (text: string): readonly MemoryGroup[] => {
  const lines = text.split('\n').map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line));
  const older = lines.find((line) => line?.[1]?.split(',').includes('memory') === true);
  if (older?.[2] !== undefined) return levelsOf(older[2]).map(olderGroup);
  const unified = lines.find((line) => line?.[1] === '');
  return unified?.[2] === undefined ? [] : levelsOf(unified[2]).map(group);
};

const levelsOf = (path: string): readonly string[] => {
  const names = path.split('/').filter((name) => name !== '');
  if (names.some((name) => name === '..' || name === '.')) return [''];
  const levels = ['', ...names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)];
  return levels.length <= MOST_LEVELS ? levels : ['', ...levels.slice(1 - MOST_LEVELS)];
};

const group = (level: string): MemoryGroup => ({
  limit: `sys/fs/cgroup${level}/memory.max`,
  usage: `sys/fs/cgroup${level}/memory.current`,
  stat: `sys/fs/cgroup${level}/memory.stat`,
});

const olderGroup = (level: string): MemoryGroup => ({
  limit: `sys/fs/cgroup/memory${level}/memory.limit_in_bytes`,
  usage: `sys/fs/cgroup/memory${level}/memory.usage_in_bytes`,
  stat: `sys/fs/cgroup/memory${level}/memory.stat`,
});

/** More than any machine has: how the older form says that there is none. */
const NO_LIMIT = 2 ** 60;

export type GroupLimit =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'not-understood' };

export const groupLimit = (text: string): GroupLimit => {
  if (text.trim() === 'max') return { kind: 'none' };
  const bytes = wholeNumber(text.trim());
  if (bytes === null) return { kind: 'not-understood' };
  return bytes >= NO_LIMIT ? { kind: 'none' } : { kind: 'bytes', bytes };
};

/** What of a group's files is kept in memory and given back before anything dies. In the older form `total_` counts the groups within. */
const GIVEN_BACK = ['active_file', 'inactive_file', 'slab_reclaimable'];

/** `null` where it is not understood. */
export const groupUse = (limitBytes: number, usage: string, stat: string): MemoryUse | null => {
  const current = wholeNumber(usage.trim());
  if (current === null || limitBytes <= 0) return null;
  const counts = new Map(
    stat.split('\n').map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']),
  );
  const given = GIVEN_BACK.map((name) => wholeNumber(counts.get(`total_${name}`) ?? counts.get(name) ?? '0'));
  if (!counts.has('inactive_file')) return null;
  const usedBytes = current - given.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0);
  return { usedBytes: Math.max(0, usedBytes), limitBytes };
};

/** From `/proc/meminfo`; `MemAvailable` is there since Linux 3.14. */
export const machineUse = (text: string): MemoryUse | null => {
  const bytesOf = (name: string): number | null => {
    const number = new RegExp(`^${name}: +(\\d{1,15}) kB$`, 'm').exec(text)?.[1];
    return number === undefined ? null : Number(number) * 1024;
  };
  const [total, available] = [bytesOf('MemTotal'), bytesOf('MemAvailable')];
  if (total === null || available === null || total === 0 || available > total) return null;
  return { usedBytes: total - available, limitBytes: total };
};

const wholeNumber = (text: string): number | null => (/^\d{1,19}$/.test(text) ? Number(text) : null);
