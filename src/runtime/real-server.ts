import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serverStartedAt } from './kernels.ts';
import { onOwnDisk } from './own-disk.ts';
import { inOwnMemory, leaveOwnMemory } from './own-memory.ts';
import type { ServerAddress } from './server-address.ts';

/** A real jupyter_server on the loopback, over a folder of the test's own. */
export interface RealServer extends AsyncDisposable {
  readonly address: ServerAddress;
  readonly access: { readonly token: string };
  /** 2_021_001 for 2.21.1. */
  readonly version: number;
  /** Ends it as an out-of-memory killer would, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface RealServerOptions {
  readonly basePath?: string;
  /** On the port of a server that was killed. */
  readonly port?: number;
  readonly settings?: readonly string[];
  /** Another interpreter than `findPython` finds. */
  readonly python?: string;
  /** The folder is a disk of its own of that size, empty at the start and gone with the server (Linux). */
  readonly diskBytes?: number;
  /** It and its kernels have a memory of their own of that size (Linux). */
  readonly memoryBytes?: number;
  /** Its root is the machine's. */
  readonly servesMachine?: boolean;
}

const TOKEN = 'not-a-secret';
const START_MS = 60_000;

/** The interpreter of the tests: `.venv`, or the one that `HOLDFAST_PYTHON` names. */
export function findPython(): string {
  const inRepository = join(import.meta.dirname, '../../.venv/bin/python');
  const python = process.env['HOLDFAST_PYTHON'] ?? inRepository;
  if (existsSync(python)) return python;
  throw new Error(
    `These tests need a Python with jupyter_server, torch, transformers and peft: none at ${python}. ` +
      'Make the .venv as CONTRIBUTING.md says, or name a python in HOLDFAST_PYTHON.',
  );
}

export async function startRealServer(root: string, options: RealServerOptions = {}): Promise<RealServer> {
  const port = options.port ?? (await freePort());
  const basePath = options.basePath ?? '/';
  const served = options.servesMachine === true ? '/' : root;
  const words = ['-m', 'jupyter_server', ...settingsOf(served, port, basePath), ...(options.settings ?? [])];
  const [program, ...args] = launch(options.python ?? findPython(), words, root, options);
  const server = spawn(program, args, {
    stdio: 'ignore',
    env: {
      ...process.env,
      HOME: root,
      JUPYTER_CONFIG_DIR: join(root, '.config'),
      JUPYTER_RUNTIME_DIR: join(root, '.runtime'),
    },
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const gone = ended.then(() => leaveOwnMemory(server.pid ?? 0));
  const end = (signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    return gone;
  };
  const address = { origin: `http://127.0.0.1:${port}`, basePath };
  const access = { token: TOKEN };
  const until = Date.now() + START_MS;
  while (!(await serverStartedAt(address, access)).ok) {
    if (Date.now() > until || server.exitCode !== null) {
      await end('SIGKILL');
      throw new Error(`The Jupyter server did not start: ${words.join(' ')}`);
    }
    await pause(200);
  }
  const version = await versionOf(address);
  return {
    address,
    access,
    version,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  };
}

async function versionOf({ origin, basePath }: ServerAddress): Promise<number> {
  const answer = await fetch(`${origin}${basePath}api`);
  const [major = 0, minor = 0, patch = 0] = [...(await answer.text()).matchAll(/\d+/g)].map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}

function launch(
  python: string,
  words: readonly string[],
  root: string,
  { diskBytes, memoryBytes }: RealServerOptions,
): readonly [string, ...string[]] {
  if (memoryBytes !== undefined) return inOwnMemory(memoryBytes, [python, ...words]);
  return diskBytes === undefined ? [python, ...words] : onOwnDisk(root, diskBytes, [python, ...words]);
}

const settingsOf = (root: string, port: number, basePath: string): readonly string[] => [
  `--ServerApp.root_dir=${root}`,
  '--ServerApp.ip=127.0.0.1',
  `--ServerApp.port=${port}`,
  '--ServerApp.port_retries=0',
  `--ServerApp.base_url=${basePath}`,
  `--ServerApp.token=${TOKEN}`,
  '--no-browser',
  '--allow-root',
];

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() =>
        bound === null || typeof bound === 'string' ? reject(new Error('No free port')) : resolve(bound.port),
      );
    });
  });
}
