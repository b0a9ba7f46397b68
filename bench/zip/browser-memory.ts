import { readFile, readdir } from 'node:fs/promises';

/**
 * How much memory the browser takes for the extension: the proportional set size (`Pss` of `/proc/PID/smaps_rollup`, in which
 * a page shared by n processes counts 1/n for each) of the extension's own renderers (`--extension-process`), of the network
 * and storage services that work for them, and of the browser process, which writes the download. Renderers of web pages and
 * the graphics process are left out. What lies in the disk's cache belongs to no process. Linux only.
 */
export interface MemoryMeter {
  /** Looks again and again until the returned function is called, which gives the most that was seen, in bytes. */
  watch(): () => Promise<number>;
  now(): Promise<number>;
}

const LOOK_MS = 1000;

/** @param profile The browser's profile folder, which its command line names. @param lookMs Between two looks. */
export const memoryMeter = (profile: string, lookMs = LOOK_MS): MemoryMeter => {
  const now = async (): Promise<number> => {
    const sizes = (await processesOf(profile)).map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
    });
    return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
  };
  return {
    now,
    watch: () => {
      const state = { most: 0, isOver: false };
      const look = async (): Promise<void> => {
        while (!state.isOver) {
          state.most = Math.max(state.most, await now());
          await new Promise((resolve) => setTimeout(resolve, lookMs));
        }
      };
      const looking = look();
      return async () => {
        state.isOver = true;
        await looking;
        return state.most;
      };
    },
  };
};

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: string;
}

const processesOf = async (profile: string): Promise<readonly number[]> => {
  const all = await everyProcess();
  const top = all.find(
    ({ commandLine }) =>
      commandLine.includes(`--user-data-dir=${profile}`) && !commandLine.includes('--type='),
  );
  if (top === undefined) return [];
  const tree: Process[] = [top];
  for (const each of tree) tree.push(...all.filter(({ parent }) => parent === each.pid));
  return tree.filter((each) => each === top || worksForExtension(each)).map(({ pid }) => pid);
};

const worksForExtension = ({ commandLine }: Process): boolean =>
  /--extension-process|--utility-sub-type=(?:network|storage)\./.test(commandLine);

const everyProcess = async (): Promise<readonly Process[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = pids.map(async (pid) => {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const [stat, commandLine] = await Promise.all([read('stat'), read('cmdline')]);
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1] ?? 0);
    return { pid: Number(pid), parent, commandLine: commandLine.replaceAll('\0', ' ') };
  });
  return Promise.all(processes);
};
