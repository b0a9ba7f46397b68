import type { ServerNow } from '../core/recovery/diagnosis.ts';
import { ok } from '../core/result.ts';
import { isShownKernel } from '../protocol/shown-kernel.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import { kernelStatus, serverStartedAt } from '../runtime/kernels.ts';
import { isColab } from './colab-site.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import type { NoServer, ServerDesk } from './server-desk.ts';

/** A loss has to be told within seconds: a server that says nothing for this long is not waited for. */
const SHORT_STALL_MS = 2000;

export type KernelAnswer =
  /** `null`: only that the server is there is known. */
  | { readonly kind: 'there'; readonly executionState: string | null }
  | { readonly kind: 'not-there'; readonly server: ServerNow }
  /** No answer, or one that proves no loss: somebody else answers for a machine that was lent. */
  | { readonly kind: 'silence' }
  /** An answer that says nothing of the kernel; the server wants a login, for example. */
  | { readonly kind: 'no-word' };

export interface ServerQuestion {
  /** Whether the kernel that the page spoke of last is there. */
  kernel(record: Notebook, kernelId: string): Promise<KernelAnswer>;
  /** Whether the server that answers now is the one that ran the run's kernel. */
  server(record: Notebook): Promise<ServerNow>;
  /** Notes once for each run's kernel when its server was started: to be compared when the kernel is gone. */
  remember(id: string): Promise<void>;
}

/** What is asked of a server to tell what became of a kernel. */
export const createServerQuestion = (store: NotebookStore, servers: ServerDesk): ServerQuestion => {
  const startedAt = (record: Notebook, stallMs?: number) =>
    servers.ask(record, ({ address, access }) =>
      serverStartedAt(address, stallMs === undefined ? access : { ...access, stallMs }),
    );

  const server = async (record: Notebook): Promise<ServerNow> => {
    // A lent machine is known by its own id.
    if (isColab(record.origin)) return 'unknown';
    const reply = await startedAt(record, SHORT_STALL_MS);
    if (!reply.ok) return reply.failure.kind === 'server-stopped' ? 'stopped' : 'unknown';
    const known = record.serverStart;
    // The page may speak of the next kernel by now.
    if (known === null || known.kernelId !== record.run?.kernelId) return 'unknown';
    return known.startedAt === reply.value ? 'same' : 'another';
  };

  /** A kernel that is only seen at work has no name to ask for: the server's own answer must do. */
  const statusOf = (record: Notebook, kernelId: string) =>
    servers.ask<{ readonly executionState: string | null }>(record, async ({ address, access }) => {
      if (!isShownKernel(kernelId)) return kernelStatus(address, kernelId, access);
      const started = await serverStartedAt(address, access);
      return started.ok ? ok({ executionState: null }) : started;
    });

  return {
    server,
    async kernel(record, kernelId) {
      const reply = await statusOf(record, kernelId);
      if (reply.ok) return { kind: 'there', executionState: reply.value.executionState };
      const { kind } = reply.failure;
      if (kind === 'server-stopped') return { kind: 'not-there', server: 'stopped' };
      if (kind === 'not-found') return { kind: 'not-there', server: await server(record) };
      return isColab(record.origin) || isSilence(reply.failure) ? { kind: 'silence' } : { kind: 'no-word' };
    },
    async remember(id) {
      const record = store.get(id);
      const kernelId = record?.run?.kernelId ?? null;
      if (record === null || kernelId !== record.kernel.id || isColab(record.origin)) return;
      if (kernelId === null || record.serverStart?.kernelId === kernelId) return;
      const reply = await startedAt(record);
      if (reply.ok && store.get(id)?.kernel.id === kernelId)
        store.change(id, (notebook) => ({ ...notebook, serverStart: { kernelId, startedAt: reply.value } }));
    },
  };
};

const isSilence = ({ kind }: RuntimeFailure | NoServer): boolean =>
  kind === 'unreachable' || kind === 'stalled' || kind === 'server-error';
