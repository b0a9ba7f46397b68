import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';
import { killNow, processesWith, signal } from './processes.ts';
import { pythonEnvironment, venvPython } from './python-environment.ts';
import { restClient, type RestClient } from './rest-client.ts';
import { commandOf, serverFolders, writeConfiguration, type FrontEnd } from './server-configuration.ts';

export interface JupyterOptions {
  readonly frontEnd: FrontEnd;
  readonly auth: 'token' | 'password';
  /** Starts and ends with a slash; a hub gives `/user/NAME/`. */
  readonly baseUrl?: string;
  /** The folder whose notebooks it serves. */
  readonly rootDir: string;
  /** A free one by default. */
  readonly port?: number;
  /** A server extension that the environment does not have, with the folder its package lies in. */
  readonly serverExtension?: { readonly module: string; readonly folder: string };
}

/** A real Jupyter server with folders of its own. `await using` stops it. */
export interface JupyterServer extends AsyncDisposable {
  readonly frontEnd: FrontEnd;
  /** With the base URL and a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Empty when a password is asked for. */
  readonly token: string;
  /** Empty when a token is asked for. */
  readonly password: string;
  readonly rootDir: string;
  readonly rest: RestClient;
  /** The page of a notebook, with the token where there is one. */
  readonly notebookUrl: (path: string) => string;
  /** `kill -9` of a kernel's process. The server notices within 3 s and starts another under the same id. */
  readonly killKernel: (kernelId: string) => Promise<void>;
  /** `kill -9` of the server. Its kernels see that their parent is gone and end by themselves. */
  readonly kill9: () => Promise<void>;
  /** Starts the server again on the same port, with the same token or password; stops it first if it runs. */
  readonly restart: () => Promise<void>;
  /** Ends the server and every kernel it started, and removes its folders. */
  readonly stop: () => Promise<void>;
  /** What the server wrote so far, long lines cut. */
  readonly log: () => Promise<string>;
}

const pagePaths = { lab: 'lab/tree/', notebook: 'notebooks/', classic: 'nbclassic/notebooks/' } as const;

export const startJupyter = async (options: JupyterOptions): Promise<JupyterServer> => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-jupyter-'));
  const { frontEnd, rootDir, baseUrl = '/', auth } = options;
  const port = options.port ?? (await freePort());
  const token = auth === 'token' ? 'a-token-for-tests' : '';
  const password = auth === 'password' ? 'a password for tests' : '';
  const url = `http://127.0.0.1:${port}${baseUrl}`;
  const serverExtensions = options.serverExtension === undefined ? [] : [options.serverExtension.module];
  await writeConfiguration(home, { port, baseUrl, rootDir, token, password, serverExtensions });
  const log = async () => cutLines(await readFile(join(home, 'server.log'), 'utf8'));
  const start = () => launch(home, options, url, log);
  let running = await start();

  const end = async (name: 'SIGTERM' | 'SIGKILL') => {
    await endProcess(running, name);
  };
  const stop = async () => {
    await end('SIGTERM');
    await killAllKernels(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    frontEnd,
    url,
    port,
    token,
    password,
    rootDir,
    rest: restClient(url, token, password),
    notebookUrl: (path) =>
      `${url}${pagePaths[frontEnd]}${path.split('/').map(encodeURIComponent).join('/')}${token === '' ? '' : `?token=${token}`}`,
    killKernel: async (kernelId) => {
      const kernels = await processesWith(`kernel-${kernelId}.json`);
      if (kernels.length === 0) throw new Error(`no process has kernel-${kernelId}.json on its command line`);
      for (const { pid } of kernels) killNow(pid);
    },
    kill9: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM');
      running = await start();
    },
    stop,
    log,
    [Symbol.asyncDispose]: stop,
  };
};

/** Starts the process in a group of its own and waits until it answers. */
const launch = async (
  home: string,
  { frontEnd, rootDir, serverExtension }: JupyterOptions,
  url: string,
  log: () => Promise<string>,
): Promise<ChildProcess> => {
  const child = spawn(venvPython(), commandOf(frontEnd), {
    cwd: rootDir,
    detached: true,
    env: {
      ...pythonEnvironment(home),
      ...serverFolders(home),
      ...(serverExtension === undefined ? {} : { PYTHONPATH: serverExtension.folder }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(join(home, 'server.log'), { flags: 'a' });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  child.once('close', () => file.end());
  await until(
    `a Jupyter server at ${url}`,
    async () => {
      if (hasEnded(child)) throw new Error(`the Jupyter server ended at its start:\n${await log()}`);
      return fetch(`${url}api`).then(
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

/** Ends the server's process group; one that does not go in 15 s is killed. Kernels are in groups of their own. */
const endProcess = async (child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
  const { pid } = child;
  if (pid === undefined || hasEnded(child)) return;
  const ended = until('the Jupyter server to end', () => hasEnded(child), { timeoutMs: 15_000 });
  signal(-pid, name);
  await ended.catch(async () => {
    signal(-pid, 'SIGKILL');
    await until('the killed Jupyter server to end', () => hasEnded(child));
  });
};

/** JupyterLab logs whole programs when one of its own fails. */
const cutLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.slice(0, 300))
    .join('\n');

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** A kernel's connection file lies in the server's own folder, and its path is on the kernel's command line. */
const killAllKernels = async (home: string): Promise<void> => {
  const ofThisServer = () => processesWith(serverFolders(home).JUPYTER_RUNTIME_DIR);
  for (const { pid } of await ofThisServer()) killNow(pid);
  await until('the kernels to end', async () => (await ofThisServer()).length === 0);
};

const freePort = (): Promise<number> =>
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
