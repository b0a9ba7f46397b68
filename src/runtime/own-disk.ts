import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/**
 * The command that runs a command with a folder that is a disk of its own, of that size and empty at the start
 * (Linux). It keeps the process id it is started under. A mount namespace needs no cleaning up: it ends with its processes;
 * from outside the disk is seen under `/proc/PID/root`.
 */
export function onOwnDisk(
  folder: string,
  sizeBytes: number,
  command: readonly string[],
): readonly [string, ...string[]] {
  const namespace = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'];
  const script = 'mount -t tmpfs -o "size=$1" none "$2" && cd "$2" && shift 2 && exec "$@"';
  return ['unshare', ...namespace, 'sh', '-c', script, 'sh', String(sizeBytes), folder, ...command];
}

/** Why a test is left out where none can be had. */
export const ownDiskNeeds =
  'a small disk is needed: a tmpfs, mounted by root or in a user namespace (Linux, `unshare --mount`)';

/** Whether a disk of one's own can be had: not outside Linux, nor in a container that may not mount. */
export const canHaveOwnDisk = (): boolean => {
  const [program, ...args] = onOwnDisk(tmpdir(), 4096, ['true']);
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
};
