import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { until } from '../until.ts';
import { killNow, processesWith, signal } from './processes.ts';
import { serverFolders } from './server-configuration.ts';

export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it writes is added to this file. */
  readonly logFile: string;
  /** Answers with any 2xx once the server is there. */
  readonly answersAt: string;
  readonly log: () => Promise<string>;
}

/** Starts a server in a process group of its own and waits until it answers. */
export const launch = async ({
  program,
  args,
  cwd,
  env,
  logFile,
  answersAt,
  log,
}: Launch): Promise<ChildProcess> => {
  const child = spawn(program, args, { cwd, detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(logFile, { flags: 'a' });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  child.once('close', () => file.end());
  await until(
    `a server that answers at ${answersAt}`,
    async () => {
      if (hasEnded(child)) throw new Error(`the server ended at its start:\n${await log()}`);
      return fetch(answersAt).then(
        (response) => response.ok,
        () => false,
      );
    },
    { timeoutMs: 60_000 },
  ).catch((error: unknown) => {
    if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
    throw error;
  });
  return child;
};

/** Ends a server's process group; one that does not go in 15 s is killed. Kernels are in groups of their own. */
export const endProcess = async (child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
  const { pid } = child;
  if (pid === undefined || hasEnded(child)) return;
  const ended = until('the server to end', () => hasEnded(child), { timeoutMs: 15_000 });
  signal(-pid, name);
  await ended.catch(async () => {
    signal(-pid, 'SIGKILL');
    await until('the killed server to end', () => hasEnded(child));
  });
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** A kernel's connection file lies in the server's own folder, and its path is on the kernel's command line. */
export const killAllKernels = async (home: string): Promise<void> => {
  const ofThisServer = () => processesWith(serverFolders(home).JUPYTER_RUNTIME_DIR);
  for (const { pid } of await ofThisServer()) killNow(pid);
  await until('the kernels to end', async () => (await ofThisServer()).length === 0);
};

/** JupyterLab logs whole programs when one of its own fails. */
export const cutLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.slice(0, 300))
    .join('\n');

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('the machine gave no port'));
      });
    });
  });
