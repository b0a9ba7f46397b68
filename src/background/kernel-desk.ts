import { stepKernel, RESTART_GRACE_MS, type KernelEvent, type KernelInput } from '../core/run/kernel-life.ts';
import type { LossCause } from '../core/run/run.ts';
import { ok } from '../core/result.ts';
import { kernelStatus, serverStartedAt } from '../runtime/kernels.ts';
import type { KernelSighting } from '../protocol/kernel-sighting.ts';
import { isShownKernel } from '../protocol/shown-kernel.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { isColab } from './colab-site.ts';
import { withConnection } from './connection.ts';
import type { ExecutionDesk } from './executions.ts';
import type { LossDesk } from './loss-desk.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { askPage } from './page-link.ts';
import type { NoServer, ServerDesk } from './server-desk.ts';

const ANSWER_GRACE_MS = 1000;
/** After a death the server is asked this often, this many times, whether a kernel is there again. */
const RETURN_INTERVAL_MS = 2000;
const MAX_RETURN_QUESTIONS = 12;

export interface KernelDesk {
  take(id: string, kernelId: string | null, sighting: KernelSighting, at: number): Promise<void>;
  /** The page shows the notebook with this kernel; `anew` when it was not shown a moment ago. */
  shown(id: string, kernelId: string | null, anew: boolean): Promise<void>;
  /** The line to the kernel is back: the run may have gone on, ended, or be gone. */
  inReach(id: string): Promise<void>;
  /** Time passed: looks again at what could not be told before. */
  clock(id: string): Promise<void>;
}

/** Turns what pages see of kernels into losses and returns of runs. */
export const createKernelDesk = (
  store: NotebookStore,
  alarms: AlarmDesk,
  losses: LossDesk,
  executions: Pick<ExecutionDesk, 'endedUnseen'>,
  servers: ServerDesk,
  now: () => number,
): KernelDesk => {
  const step = async (id: string, input: KernelInput, kernelId: string | null): Promise<void> => {
    const record = store.get(id);
    if (record === null) return;
    const { life, events } = stepKernel(record.kernel, input, kernelId, now());
    store.change(id, (notebook) => ({ ...notebook, kernel: life }));
    if (life.state === 'restarting') setTimeout(() => void step(id, 'clock', null), RESTART_GRACE_MS + 50);
    for (const event of events) await handle(id, event);
  };

  const handle = async (id: string, event: KernelEvent): Promise<void> => {
    switch (event.kind) {
      case 'lost':
        return lose(id, await causeOf(id, event.cause));
      case 'back':
        return losses.back(id);
      case 'out-of-reach':
        return probe(id);
      case 'in-reach':
        return compareWithServer(id);
      default:
        return event satisfies never;
    }
  };

  /** A kernel that is only seen at work has no name to ask for: the server's own answer must do. */
  const statusOf = (record: Notebook, kernelId: string) =>
    servers.ask<{ readonly executionState: string | null }>(record, async ({ address, access }) => {
      if (!isShownKernel(kernelId)) return kernelStatus(address, kernelId, access);
      const started = await serverStartedAt(address, access);
      return started.ok ? ok({ executionState: null }) : started;
    });

  /** Where machines are lent, another kernel can mean another machine. The page's own word of it may come later. */
  const causeOf = async (id: string, cause: LossCause): Promise<LossCause> => {
    const record = store.get(id);
    const known = record?.machine?.id ?? null;
    if (record === null || known === null || cause === 'kernel-died') return cause;
    const reply = await askPage(record, { kind: 'machine', path: record.path });
    const isAnother = reply.kind === 'machine' && reply.machineId !== null && reply.machineId !== known;
    return isAnother ? 'machine-replaced' : cause;
  };

  const lose = async (id: string, cause: LossCause): Promise<void> => {
    if (cause === 'kernel-died') askForReturn(id, MAX_RETURN_QUESTIONS);
    await losses.lose(id, cause);
  };

  /**
   * The new kernel says `starting` once, and both the page's line to it and the server's own can be a moment late: then
   * it is `busy` for ever, from its former life (seen in nbclassic 1.3 with jupyter_server 2.21). A kernel that the
   * server could not start again is `dead` or not listed at all; any other is there.
   */
  const askForReturn = (id: string, questionsLeft: number): void => {
    if (questionsLeft > 0) setTimeout(() => void isBack(id, questionsLeft - 1), RETURN_INTERVAL_MS);
  };
  const isBack = async (id: string, questionsLeft: number): Promise<void> => {
    const record = store.get(id);
    const kernelId = record?.kernel.id ?? null;
    if (record?.kernel.state !== 'gone' || kernelId === null) return;
    const reply = await statusOf(record, kernelId);
    if (reply.ok && reply.value.executionState !== 'dead') await step(id, 'starting', kernelId);
    else askForReturn(id, questionsLeft);
  };

  /** The page lost its line: does the server answer us? */
  const probe = async (id: string): Promise<void> => {
    const record = store.get(id);
    const kernelId = record?.kernel.id ?? null;
    if (record === null || kernelId === null) return;
    if (!navigator.onLine)
      return void store.change(id, (notebook) => withConnection(notebook, 'offline', now()));
    const reply = await statusOf(record, kernelId);
    // Meanwhile the page may have said more than silence does.
    if (store.get(id)?.connection.kind === 'runtime-disconnected') return;
    // A machine that was lent answers nothing, or somebody else answers for it: that proves no loss.
    if (!reply.ok && (isColab(record.origin) || isSilence(reply.failure))) {
      const changed = store.change(id, (notebook) => withConnection(notebook, 'server-unreachable', now()));
      if (changed?.run?.phase.kind === 'training' && record.connection.kind !== 'server-unreachable')
        alarms.unreachable(id);
    } else if (!reply.ok && reply.failure.kind === 'not-found') await lose(id, 'server-restarted');
  };

  /** The line is back: the kernel may have gone on, ended its cell, or be another one. */
  const compareWithServer = async (id: string): Promise<void> => {
    const record = store.get(id);
    const kernelId = record?.kernel.id ?? null;
    if (record === null || kernelId === null) return;
    const reply = await statusOf(record, kernelId);
    if (!reply.ok) {
      if (reply.failure.kind === 'not-found') await lose(id, 'server-restarted');
      return;
    }
    store.change(id, (notebook) => withConnection(notebook, 'connected', now()));
  };

  const answered = async (id: string, kernelId: string | null, trainedBefore: number): Promise<void> => {
    const became = await executions.endedUnseen(id, kernelId, trainedBefore);
    if (became === 'lost') await losses.back(id);
  };

  return {
    async take(id, kernelId, sighting, at) {
      if (sighting !== 'answers') return step(id, sighting, kernelId);
      // The main shell answers one request after another: while a cell trains it would not have answered this one. The
      // cell's own end comes on another channel and may be a moment behind.
      setTimeout(() => void answered(id, kernelId, at - ANSWER_GRACE_MS), ANSWER_GRACE_MS);
    },
    async shown(id, kernelId, anew) {
      const record = store.get(id);
      if (record === null) return;
      const known = record.kernel.id;
      if (kernelId === null) {
        if (record.hadKernelHere && record.kernel.state !== 'gone') await step(id, 'none', null);
        return;
      }
      store.change(id, (notebook) => ({ ...notebook, hadKernelHere: true }));
      if (known !== null && known !== kernelId && record.kernel.state !== 'gone') {
        await lose(id, anew ? 'gone-while-away' : 'kernel-restarted');
        store.change(id, (notebook) => ({
          ...notebook,
          kernel: { id: kernelId, state: 'alive', since: now() },
        }));
        return losses.back(id);
      }
      store.change(id, (notebook) => ({ ...notebook, kernel: { ...notebook.kernel, id: kernelId } }));
      if (anew && record.run?.phase.kind === 'training') await compareWithServer(id);
    },
    inReach: compareWithServer,
    async clock(id) {
      const record = store.get(id);
      if (record === null) return;
      if (record.kernel.state === 'restarting') await step(id, 'clock', null);
      if (record.connection.kind === 'offline' || record.connection.kind === 'server-unreachable')
        await probe(id);
    },
  };
};

const isSilence = ({ kind }: RuntimeFailure | NoServer): boolean =>
  kind === 'unreachable' || kind === 'stalled' || kind === 'server-error';
