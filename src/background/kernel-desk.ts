import type { KernelLoss, ServerNow } from '../core/recovery/diagnosis.ts';
import { stepKernel, RESTART_GRACE_MS, type KernelEvent, type KernelInput } from '../core/run/kernel-life.ts';
import type { KernelSighting } from '../protocol/kernel-sighting.ts';
import type { AlarmDesk } from './alarm-desk.ts';
import { isColab } from './colab-site.ts';
import { withLine } from './connection.ts';
import type { ExecutionDesk } from './executions.ts';
import type { LossDesk, LossEvidence } from './loss-desk.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { askPage } from './page-link.ts';
import type { RecoveryDesk } from './recovery-desk.ts';
import { isRunningInKernel, isUnderWay } from './recovery-steps.ts';
import type { ServerQuestion } from './server-question.ts';

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
  recovery: Pick<RecoveryDesk, 'answered'>,
  questions: ServerQuestion,
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
        return lose(id, event.said);
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

  /** Where machines are lent, another kernel can mean another machine. The page's own word of it may come later. */
  const isMachineAnother = async (record: Notebook): Promise<boolean> => {
    const known = record.machine?.id ?? null;
    if (known === null) return false;
    const reply = await askPage(record, { kind: 'machine', path: record.path });
    return reply.kind === 'machine' && reply.machineId !== null && reply.machineId !== known;
  };

  /** A death that the server itself noticed needs no further question, and is told at once. */
  const evidenceOf = async (id: string, said: KernelLoss): Promise<LossEvidence> => {
    const record = store.get(id);
    if (record === null || said === 'died') return { kind: 'kernel-lost', said, server: 'unknown' };
    if (await isMachineAnother(record)) return { kind: 'another-machine' };
    return { kind: 'kernel-lost', said, server: await questions.server(record) };
  };

  const lose = async (id: string, said: KernelLoss): Promise<void> => {
    const evidence = await evidenceOf(id, said);
    if (said === 'died' || said === 'dead') askForReturn(id, MAX_RETURN_QUESTIONS);
    await losses.lose(id, evidence);
  };

  /** The server was asked and has no such kernel. Whatever the page speaks of next is another one. */
  const isNotThere = async (id: string, server: ServerNow): Promise<void> => {
    store.change(id, (notebook) => ({
      ...notebook,
      kernel: { ...notebook.kernel, state: 'gone', since: now() },
    }));
    await losses.lose(id, { kind: 'kernel-lost', said: 'not-there', server });
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
    const answer = await questions.kernel(record, kernelId);
    if (answer.kind === 'there' && answer.executionState !== 'dead') await step(id, 'starting', kernelId);
    else askForReturn(id, questionsLeft);
  };

  /** The page lost its line: does the server answer us? */
  const probe = async (id: string): Promise<void> => {
    const record = store.get(id);
    const kernelId = record?.kernel.id ?? null;
    if (record === null || kernelId === null) return;
    if (!navigator.onLine)
      return void store.change(id, (notebook) => withLine(notebook, { kind: 'browser-offline' }, now()));
    const answer = await questions.kernel(record, kernelId);
    // Meanwhile the page may have its line again.
    if (store.get(id)?.kernel.state !== 'out-of-reach') return;
    if (answer.kind === 'there') {
      // A machine that is lent is not asked again and again: its page says when it is connected.
      if (!isColab(record.origin))
        store.change(id, (notebook) => withLine(notebook, { kind: 'asked', answer: 'kernel-there' }, now()));
      return;
    }
    if (answer.kind === 'not-there' && !isColab(record.origin)) return isNotThere(id, answer.server);
    if (answer.kind === 'no-word' && !isColab(record.origin)) return;
    const before = record.connection.kind;
    const after = store.change(id, (notebook) =>
      withLine(notebook, { kind: 'asked', answer: 'silence' }, now()),
    );
    const isNews = after?.connection.kind === 'server-unreachable' && before !== 'server-unreachable';
    if (isNews && after.run?.phase.kind === 'training') alarms.unreachable(id);
  };

  /** The line is back: the kernel may have gone on, ended its cell, or be another one. */
  const compareWithServer = async (id: string): Promise<void> => {
    const record = store.get(id);
    const kernelId = record?.kernel.id ?? null;
    if (record === null || kernelId === null) return;
    const answer = await questions.kernel(record, kernelId);
    if (answer.kind === 'not-there') return isNotThere(id, answer.server);
    if (answer.kind === 'there')
      store.change(id, (notebook) => withLine(notebook, { kind: 'line-back' }, now()));
  };

  const answered = async (id: string, kernelId: string | null, trainedBefore: number): Promise<void> => {
    const became = await executions.endedUnseen(id, kernelId, trainedBefore);
    recovery.answered(id, trainedBefore);
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
        await lose(id, anew ? 'not-there' : 'another');
        store.change(id, (notebook) => ({
          ...notebook,
          kernel: { id: kernelId, state: 'alive', since: now() },
        }));
        return losses.back(id);
      }
      store.change(id, (notebook) => ({ ...notebook, kernel: { ...notebook.kernel, id: kernelId } }));
      if (anew && isAtWork(record)) await compareWithServer(id);
    },
    inReach: compareWithServer,
    async clock(id) {
      const record = store.get(id);
      if (record === null) return;
      if (record.kernel.state === 'restarting') await step(id, 'clock', null);
      if (isAskedAgain(record)) await probe(id);
      else if (record.run?.phase.kind === 'training') await questions.remember(id);
    },
  };
};

/** Something runs in its kernel, as far as is known. */
const isAtWork = ({ run, recovery }: Notebook): boolean =>
  run?.phase.kind === 'training' || (isUnderWay(recovery) && recovery.steps.some(isRunningInKernel));

/** The page cannot hear its kernel: the server is asked until it can. */
const isAskedAgain = ({ connection: { kind } }: Notebook): boolean =>
  kind === 'offline' || kind === 'server-unreachable' || kind === 'notebook-disconnected';
