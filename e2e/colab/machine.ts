import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { killNow, processesWith } from '../jupyter/processes.ts';
import { startColabJupyter, type MachineServer } from './machine-server.ts';
import { proxyDomain, type FullOptions } from './options.ts';

/** A lent machine: a disk of its own, a Jupyter server and a kernel with the versions of Colab. */
export interface Machine {
  /** `kernel.endpoint.managedId` in the page; another machine has another. */
  readonly managedId: string;
  /** Host of the runtime proxy. Its label holds more than the id, as the real ones name a zone. */
  readonly proxyHost: string;
  /** The server's root; `/` on a real machine. */
  readonly rootDir: string;
  /** `/content` on a real machine: the kernel's folder, with the user's files. */
  readonly contentDir: string;
  /** Where the Jupyter server listens, on this computer only. */
  readonly port: number;
  /** The Jupyter server's own, which only the proxy knows. */
  readonly serverToken: string;
  /** The one kernel of the notebook. */
  readonly kernelId: string;
  /** The session under which the page speaks with the kernel; everybody else uses another. */
  readonly pageSession: string;
  /** `kill -9` of the kernel. The server notices within 3 s and starts another under the same id. */
  readonly killKernel: () => Promise<void>;
  readonly memory: MachineServer['memory'];
  /** The machine is taken away, with its disk. */
  readonly end: () => Promise<void>;
  /** What the server wrote. */
  readonly log: () => Promise<string>;
}

/** The session has the name of the notebook's Drive file, as Colab names it. */
export const startMachine = async ({
  driveId,
  serverVersion,
  diskBytes,
  memoryBytes,
}: Pick<FullOptions, 'driveId' | 'serverVersion' | 'diskBytes' | 'memoryBytes'>): Promise<Machine> => {
  const rootDir = await mkdtemp(join(tmpdir(), 'holdfast-colab-'));
  const contentDir = join(rootDir, 'content');
  await mkdir(contentDir);
  const settings = { rootDir, kernelDir: contentDir, serverVersion, diskBytes, memoryBytes };
  const server = await startColabJupyter(settings);
  const managedId = `m-s-${randomBytes(7).toString('hex')}`;
  const end = async () => {
    await server.stop();
    await rm(rootDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const kernelId = await startKernel(server.port, server.token, driveId);
    return {
      managedId,
      proxyHost: `8080-${managedId}-c.us-west1-1${proxyDomain}`,
      rootDir,
      contentDir: server.seenFromHere(contentDir),
      port: server.port,
      serverToken: server.token,
      kernelId,
      pageSession: randomUUID(),
      killKernel: async () => {
        const kernels = await processesWith(`kernel-${kernelId}.json`);
        if (kernels.length === 0) throw new Error(`kernel ${kernelId} has no process`);
        for (const { pid } of kernels) killNow(pid);
      },
      memory: server.memory,
      end,
      log: server.log,
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const Session = v.object({ kernel: v.object({ id: v.string() }) });

const startKernel = async (port: number, token: string, notebookId: string): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/api/sessions`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      kernel: { name: 'python3' },
      name: '',
      path: `fileId=${notebookId}`,
      type: 'notebook',
    }),
  });
  if (!response.ok) throw new Error(`the session was answered with ${response.status}`);
  return v.parse(Session, await response.json()).kernel.id;
};
