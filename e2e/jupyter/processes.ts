import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Process {
  readonly pid: number;
  readonly commandLine: string;
}

/** All processes of the machine whose command line holds `text`. Linux: /proc; elsewhere: ps. */
export const processesWith = async (text: string): Promise<Process[]> => {
  const all = process.platform === 'linux' ? await fromProc() : await fromPs();
  return all.filter(({ pid, commandLine }) => pid !== process.pid && commandLine.includes(text));
};

/** Kills at once, as the kernel's out-of-memory killer does. A process that is gone already is no error. */
export const killNow = (pid: number): void => {
  signal(pid, 'SIGKILL');
};

/** The same for a signal of choice; a negative pid is a process group. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
};

const fromProc = async (): Promise<Process[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = pids.map(async (pid) => ({
    pid: Number(pid),
    commandLine: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
  }));
  return Promise.all(lines);
};

const fromPs = async (): Promise<Process[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line);
    return match?.[1] === undefined ? [] : [{ pid: Number(match[1]), commandLine: match[2] ?? '' }];
  });
};
