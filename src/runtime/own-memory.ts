import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { groupUse } from '../core/pressure/machine-files.ts';
import type { MemoryUse } from '../core/pressure/memory-use.ts';

const OLDER = '/sys/fs/cgroup/memory';
const isOlder = existsSync(`${OLDER}/memory.limit_in_bytes`);
const groups = isOlder ? OLDER : '/sys/fs/cgroup';
const limitFile = isOlder ? 'memory.limit_in_bytes' : 'memory.max';
const usageFile = isOlder ? 'memory.usage_in_bytes' : 'memory.current';

const groupOf = (pid: number): string => `${groups}/holdfast-${pid}`;

/**
 * The command that runs a command with a memory of its own of that size, as a container has it (Linux): a control group, which
 * the command sees where containers see theirs. It keeps the process id it is started under, by which `leaveOwnMemory` takes
 * the group away.
 */
export function inOwnMemory(limitBytes: number, command: readonly string[]): readonly [string, ...string[]] {
  const script = `
set -e
group="$1/holdfast-$$"
mkdir "$group"
echo "$2" > "$group/$3"
echo $$ > "$group/cgroup.procs"
mount --bind "$group" "$1"
shift 3
exec "$@"`;
  const size = String(limitBytes);
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', groups, size, limitFile, ...command];
}

/** What is taken of the memory of a command that was started so; throws when it has ended. */
export function ownMemoryUse(pid: number): MemoryUse {
  const read = (file: string): string => readFileSync(`${groupOf(pid)}/${file}`, 'utf8');
  const use = groupUse(Number(read(limitFile)), read(usageFile), read('memory.stat'));
  if (use === null) throw new Error(`the memory of ${pid} is not understood`);
  return use;
}

/** Takes the group of a command away that has ended, and waits for what it left running. */
export async function leaveOwnMemory(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && existsSync(groupOf(pid)); tries += 1) {
    try {
      rmdirSync(groupOf(pid));
    } catch {
      await pause(100);
    }
  }
}

/** Why a test is left out where none can be had. */
export const ownMemoryNeeds =
  'a small memory is needed: a control group of one’s own, made by root (Linux, `unshare --mount`)';

/** Whether a memory of one's own can be had: not outside Linux, nor in a container that may not make groups. */
export const canHaveOwnMemory = (): boolean => {
  const [program, ...args] = inOwnMemory(64 * 1024 ** 2, ['true']);
  const { pid, status } = spawnSync(program, args, { stdio: 'ignore', cwd: tmpdir() });
  if (existsSync(groupOf(pid))) rmdirSync(groupOf(pid));
  return status === 0;
};
