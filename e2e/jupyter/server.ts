import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onOwnDisk } from '../../src/runtime/own-disk.ts';
import { inOwnMemory, leaveOwnMemory } from '../../src/runtime/own-memory.ts';
import { killNow, processesWith } from './processes.ts';
import { pythonEnvironment, venvPython } from './python-environment.ts';
import { restClient, type RestClient } from './rest-client.ts';
import {
  commandOf,
  serverFolders,
  writeConfiguration,
  writeWrappedKernel,
  type FrontEnd,
} from './server-configuration.ts';
import { cutLines, endProcess, freePort, killAllKernels, launch } from './server-process.ts';

export interface JupyterOptions {
  readonly frontEnd: FrontEnd;
  readonly auth: 'token' | 'password';
  /** Starts and ends with a slash; a hub gives `/user/NAME/`. */
  readonly baseUrl?: string;
  /** The folder whose notebooks it serves. */
  readonly rootDir: string;
  /** A free one by default. */
  readonly port?: number;
  /** There is a kernel that lives on when the server is killed: `wrappedKernel`. */
  readonly wrappedKernels?: boolean;
  /** A server extension that the environment does not have, with the folder its package lies in. */
  readonly serverExtension?: { readonly module: string; readonly folder: string };
  /** As in `Configuration`. */
  readonly allOutput?: boolean;
  /** It and its kernels have a memory of their own of that size: see `canHaveOwnMemory`. */
  readonly memoryBytes?: number;
}

/** How a server differs from what it was before a restart. */
export interface Anew {
  /** Nobody is logged in any more: another token, and the cookies of before are worth nothing. */
  readonly login?: 'ended';
  /** Its folder is a disk of its own of that size, empty at the start and gone with the server: see `canHaveOwnDisk`. */
  readonly diskBytes?: number;
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
  /** Where the server's folder is seen from outside: `rootDir`, unless it has a disk of its own. */
  readonly files: () => string;
  readonly rest: RestClient;
  /** The page of a notebook, with the token where there is one. */
  readonly notebookUrl: (path: string) => string;
  /** `kill -9` of a kernel's process. The server notices within 3 s and starts another under the same id. */
  readonly killKernel: (kernelId: string) => Promise<void>;
  /** `kill -9` of the server. Its kernels see that their parent is gone and end by themselves. */
  readonly kill9: () => Promise<void>;
  /** Starts the server again on the same port, with the same token or password if nothing else is said; stops it first if it runs. */
  readonly restart: (anew?: Anew) => Promise<void>;
  /** Ends the server and every kernel it started, and removes its folders. */
  readonly stop: () => Promise<void>;
  /** What the server wrote so far, long lines cut. */
  readonly log: () => Promise<string>;
}

export const pagePaths = {
  lab: 'lab/tree/',
  notebook: 'notebooks/',
  classic: 'nbclassic/notebooks/',
} as const;

export const startJupyter = async (options: JupyterOptions): Promise<JupyterServer> => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-jupyter-'));
  const { frontEnd, rootDir, baseUrl = '/', auth } = options;
  const port = options.port ?? (await freePort());
  const state = { token: auth === 'token' ? 'a-token-for-tests' : '', diskBytes: 0 };
  const password = auth === 'password' ? 'a password for tests' : '';
  const url = `http://127.0.0.1:${port}${baseUrl}`;
  const serverExtensions = options.serverExtension === undefined ? [] : [options.serverExtension.module];
  const log = async () => cutLines(await readFile(join(home, 'server.log'), 'utf8'));
  const start = async () => {
    const { token, diskBytes } = state;
    const { allOutput = false } = options;
    await writeConfiguration(home, { port, baseUrl, rootDir, token, password, serverExtensions, allOutput });
    const command = [venvPython(), ...commandOf(frontEnd)] as const;
    const [program, ...args] = launchOf(command, options, diskBytes);
    return launch({
      program,
      args,
      cwd: rootDir,
      env: environmentOf(home, options),
      logFile: join(home, 'server.log'),
      answersAt: `${url}api`,
      log,
    });
  };
  if (options.wrappedKernels === true) await writeWrappedKernel(home, venvPython());
  let running = await start();

  const end = async (name: 'SIGTERM' | 'SIGKILL') => {
    await endProcess(running, name);
  };
  const stop = async () => {
    await end('SIGTERM');
    await killAllKernels(home);
    await leaveOwnMemory(running.pid ?? 0);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    frontEnd,
    url,
    port,
    get token() {
      return state.token;
    },
    password,
    rootDir,
    files: () => (state.diskBytes === 0 ? rootDir : `/proc/${running.pid}/root${rootDir}`),
    get rest() {
      return restClient(url, state.token, password);
    },
    notebookUrl: (path) =>
      `${url}${pagePaths[frontEnd]}${path.split('/').map(encodeURIComponent).join('/')}${state.token === '' ? '' : `?token=${state.token}`}`,
    killKernel: async (kernelId) => {
      const kernels = await processesWith(`kernel-${kernelId}.json`);
      if (kernels.length === 0) throw new Error(`no process has kernel-${kernelId}.json on its command line`);
      for (const { pid } of kernels) killNow(pid);
    },
    kill9: () => end('SIGKILL'),
    restart: async ({ login, diskBytes = 0 } = {}) => {
      await end('SIGTERM');
      if (login === 'ended') {
        state.token = state.token === '' ? '' : randomBytes(12).toString('hex');
        await rm(join(serverFolders(home).JUPYTER_RUNTIME_DIR, 'jupyter_cookie_secret'), { force: true });
      }
      state.diskBytes = diskBytes;
      running = await start();
    },
    stop,
    log,
    [Symbol.asyncDispose]: stop,
  };
};

const launchOf = (
  command: readonly [string, ...string[]],
  { rootDir, memoryBytes }: JupyterOptions,
  diskBytes: number,
): readonly [string, ...string[]] => {
  if (memoryBytes !== undefined) return inOwnMemory(memoryBytes, command);
  return diskBytes === 0 ? command : onOwnDisk(rootDir, diskBytes, command);
};

const environmentOf = (home: string, { serverExtension }: JupyterOptions): Record<string, string> => ({
  ...pythonEnvironment(home),
  ...serverFolders(home),
  ...(serverExtension === undefined ? {} : { PYTHONPATH: serverExtension.folder }),
});
