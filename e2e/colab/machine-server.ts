import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { freemem, tmpdir, totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { colabPython, pastColabPython } from '../../scripts/set-up/colab-environment.mjs';
import { onOwnDisk } from '../../src/runtime/own-disk.ts';
import { inOwnMemory, leaveOwnMemory, ownMemoryUse } from '../../src/runtime/own-memory.ts';
import { killNow, processesWith, signal } from '../jupyter/processes.ts';
import { pythonEnvironment } from '../jupyter/python-environment.ts';
import { freePort } from '../jupyter/server-process.ts';
import { serverFolders } from '../jupyter/server-configuration.ts';
import { until } from '../until.ts';
import type { ServerVersion } from './options.ts';

/** What a machine has before its server runs. */
export interface ServerSettings {
  readonly rootDir: string;
  /** Where kernels start, wherever the notebook is said to lie. */
  readonly kernelDir: string;
  readonly serverVersion: ServerVersion;
  /** The kernels' folder is a disk of its own of that size, where it is not 0. */
  readonly diskBytes: number;
  /** The server and its kernels have so much memory together, where it is not 0. Not with a disk of its own. */
  readonly memoryBytes: number;
}

export interface MachineServer {
  readonly port: number;
  readonly token: string;
  /** Where a file of the machine's disk is found from outside. */
  readonly seenFromHere: (path: string) => string;
  /** All of its memory, and what is not taken of it. */
  readonly memory: () => { readonly totalBytes: number; readonly freeBytes: number };
  /** Ends the server and its kernels. */
  readonly stop: () => Promise<void>;
  readonly log: () => Promise<string>;
}

const pythons: Readonly<Record<ServerVersion, () => string>> = {
  '2.20.0': colabPython,
  '2.14.0': pastColabPython,
};

/** A Jupyter server of one of Colab's versions. */
export const startColabJupyter = async (settings: ServerSettings): Promise<MachineServer> => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-colab-jupyter-'));
  const [port, token] = [await freePort(), randomBytes(16).toString('hex')];
  await writeConfiguration(home, { ...settings, port, token });
  const log = async () => readFile(join(home, 'server.log'), 'utf8').catch(() => '');
  const child = launch(home, settings);
  const stop = async () => {
    // A machine that is taken away does not say goodbye.
    if (child.pid !== undefined && !hasEnded(child)) signal(-child.pid, 'SIGKILL');
    await until('the killed Jupyter server to end', () => hasEnded(child));
    await killAllKernels(home);
    if (settings.memoryBytes !== 0) await leaveOwnMemory(child.pid ?? 0);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(`a Jupyter server on port ${port}`, async () => {
      if (hasEnded(child)) throw new Error(`the Jupyter server ended at its start:\n${await log()}`);
      return fetch(`http://127.0.0.1:${port}/api`).then(
        (response) => response.ok,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const seenFromHere = (path: string) => (settings.diskBytes === 0 ? path : `/proc/${child.pid}/root${path}`);
  const memory = () => {
    if (settings.memoryBytes === 0) return { totalBytes: totalmem(), freeBytes: freemem() };
    const { limitBytes, usedBytes } = ownMemoryUse(child.pid ?? 0);
    return { totalBytes: limitBytes, freeBytes: limitBytes - usedBytes };
  };
  return { port, token, seenFromHere, memory, stop, log };
};

const writeConfiguration = async (
  home: string,
  { port, token, rootDir, kernelDir }: ServerSettings & { readonly port: number; readonly token: string },
): Promise<void> => {
  const folders = serverFolders(home);
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const settings = {
    ServerApp: {
      allow_root: true,
      ip: '127.0.0.1',
      open_browser: false,
      port,
      port_retries: 0,
      root_dir: rootDir,
    },
    IdentityProvider: { token },
    MappingKernelManager: { root_dir: kernelDir },
  };
  await writeFile(
    join(folders.JUPYTER_CONFIG_DIR, 'jupyter_server_config.json'),
    JSON.stringify(settings, undefined, 2),
  );
};

const launch = (
  home: string,
  { rootDir, kernelDir, serverVersion, diskBytes, memoryBytes }: ServerSettings,
): ChildProcess => {
  const environment = pythonEnvironment(home);
  const python = pythons[serverVersion]();
  const programs = dirname(python);
  const command = [python, '-m', 'jupyter_server'] as const;
  const onDisk = diskBytes === 0 ? command : onOwnDisk(kernelDir, diskBytes, command);
  const [program, ...args] = memoryBytes === 0 ? onDisk : inOwnMemory(memoryBytes, command);
  const child = spawn(program, args, {
    cwd: rootDir,
    detached: true,
    env: {
      ...environment,
      ...serverFolders(home),
      PATH: [programs, environment['PATH']].join(delimiter),
      VIRTUAL_ENV: dirname(programs),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(join(home, 'server.log'), { flags: 'a' });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  child.once('close', () => file.end());
  return child;
};

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** A kernel's connection file lies in the server's own folder, and its path is on the kernel's command line. */
const killAllKernels = async (home: string): Promise<void> => {
  const ofThisServer = () => processesWith(serverFolders(home).JUPYTER_RUNTIME_DIR);
  for (const { pid } of await ofThisServer()) killNow(pid);
  await until('the kernels to end', async () => (await ofThisServer()).length === 0);
};
