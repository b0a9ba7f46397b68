import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReachEnd, ReachState } from '../core/reach/reach-answer.ts';
import type { ReachWish } from '../core/reach/reach-wish.ts';
import { pythonLiteral } from '../core/recovery/python-literal.ts';
import { reachRun } from './reach-run.ts';
import { type RealKernel, nodeSocket, startRealKernel } from './real-kernel.ts';
import { type RealServer, type RealServerOptions, startRealServer } from './real-server.ts';

/** A real server with kernels that train, and the wishes that reach them. */
export interface ReachRig extends AsyncDisposable {
  readonly root: string;
  readonly server: RealServer;
  /** A new kernel in which this code was run; `ROOT` is the folder. */
  kernelWith(training: string): Promise<RealKernel>;
  /** Throws where the door has a failure. */
  ask(kernel: RealKernel, wish: ReachWish): Promise<ReachState>;
  /** Asks until the wish came to its end. */
  end(kernel: RealKernel, slot?: 'once' | 'every'): Promise<ReachEnd>;
}

export async function startReachRig(options: RealServerOptions = {}): Promise<ReachRig> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-reach-'));
  const server = await startRealServer(root, options);
  const kernels: RealKernel[] = [];
  const ask: ReachRig['ask'] = async (kernel, wish) => {
    const reply = await reachRun(server.address, kernel.id, wish, server.access, { open: nodeSocket });
    if (!reply.ok) throw new Error(JSON.stringify(reply.failure));
    return reply.value;
  };
  return {
    root,
    server,
    ask,
    kernelWith: async (training) => {
      const kernel = await startRealKernel(server);
      kernels.push(kernel);
      await kernel.told(`ROOT = ${pythonLiteral(root)}\n${training}`);
      return kernel;
    },
    end: async (kernel, slot = 'once') => {
      for (;;) {
        const { [slot]: end } = await ask(kernel, { do: 'state' });
        if (end.kind !== 'pending') return end;
        await pause(20);
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const kernel of kernels) kernel.close();
      await server[Symbol.asyncDispose]();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const savedOf = (end: ReachEnd): Extract<ReachEnd, { kind: 'saved' }> => {
  if (end.kind !== 'saved') throw new Error(JSON.stringify(end));
  return end;
};
