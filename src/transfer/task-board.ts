import { folderOfFiles } from '../core/checkpoint/files-of.ts';
import type { Reached, Task, TaskEnd, WorkerOrder, WorkerReport } from '../protocol/transfer-message.ts';
import { isFull } from '../vault/room.ts';
import type { Vault } from '../vault/vault.ts';
import { copyCheckpoint } from './copy-checkpoint.ts';
import { gentleLine } from './gentle-line.ts';
import { hashBeside } from './hasher.ts';
import { openLine } from './line.ts';
import type { LiveZips } from './live-zips.ts';
import { makeZip } from './make-zip.ts';
import { TaskStopped, type Meter } from './report.ts';
import { unpackZip } from './unpack-zip.ts';
import { restoreCopy } from './restore-copy.ts';

/** How often a task tells how far it is. */
const PROGRESS_MS = 300;

interface RunningTask {
  readonly stopping: AbortController;
  /** Who waits for a way to the server. */
  renewal: ((server: Reached | null) => void) | null;
  end: TaskEnd | null;
  url: string | null;
}

/** The tasks of this worker, and what they tell. */
export const createTaskBoard = (vault: Vault, lives: LiveZips, report: (report: WorkerReport) => void) => {
  const tasks = new Map<string, RunningTask>();

  const start = async (task: Task): Promise<void> => {
    const { taskId } = task;
    const known = tasks.get(taskId);
    if (known !== undefined) {
      if (known.end !== null) report({ kind: 'ended', taskId, end: known.end });
      return;
    }
    const running: RunningTask = { stopping: new AbortController(), renewal: null, end: null, url: null };
    tasks.set(taskId, running);
    const meter = createMeter(taskId);
    running.end = await perform(task, running, meter).catch(endOf);
    meter.stop();
    report({ kind: 'ended', taskId, end: running.end });
  };

  const perform = async (task: Task, running: RunningTask, meter: Meter): Promise<TaskEnd> => {
    const { taskId } = task;
    if (task.kind === 'zip') {
      const { end, url } = await makeZip(task, vault, lives, meter);
      running.url = url;
      return end;
    }
    if (task.kind === 'unpack') return unpackZip(task, vault, meter, running.stopping.signal);
    const line = openLine({
      server: task.server,
      signal: running.stopping.signal,
      renew: () => renew(taskId, running),
      onTryingAgain: (why, nextAt) => report({ kind: 'trying-again', taskId, why, nextAt }),
    });
    if (task.kind === 'restore') return restoreCopy(task, vault, line, meter);
    const newId = () => crypto.randomUUID();
    const { pace } = task;
    const folder = folderOfFiles(task.folder, task.form);
    const copyLine =
      pace === undefined
        ? line
        : gentleLine(line, { limit: pace.mostBytesPerSecond, folder, signal: running.stopping.signal });
    return copyCheckpoint(task, { vault, line: copyLine, meter, hashBeside, lives, newId, now: Date.now });
  };

  const renew = (taskId: string, running: RunningTask): Promise<Reached | null> =>
    new Promise((resolve) => {
      running.renewal?.(null);
      running.renewal = resolve;
      running.stopping.signal.addEventListener('abort', () => resolve(null));
      report({ kind: 'access-wanted', taskId });
    });

  const createMeter = (taskId: string): Meter & { stop(): void } => {
    const state = { doneBytes: 0, totalBytes: 0, told: '' };
    const tell = (): void => {
      const { doneBytes, totalBytes } = state;
      const now = `${doneBytes} ${totalBytes}`;
      if (now === state.told || totalBytes === 0) return;
      state.told = now;
      report({ kind: 'progress', taskId, doneBytes, totalBytes });
    };
    const timer = setInterval(tell, PROGRESS_MS);
    return {
      add: (bytes) => {
        state.doneBytes += bytes;
      },
      total: (bytes) => {
        state.totalBytes += bytes;
      },
      stop: () => {
        clearInterval(timer);
        tell();
      },
    };
  };

  return {
    take(order: WorkerOrder): void {
      switch (order.kind) {
        case 'copy':
        case 'zip':
        case 'restore':
        case 'unpack':
          void start(order);
          return;
        case 'access': {
          const running = tasks.get(order.taskId);
          running?.renewal?.(order.server);
          if (running !== undefined) running.renewal = null;
          return;
        }
        case 'stop':
          tasks.get(order.taskId)?.stopping.abort();
          return;
        case 'stop-live':
          lives.stop(order.id);
          return;
        case 'release': {
          const ended = tasks.get(order.taskId);
          ended?.stopping.abort();
          if (ended?.url !== null && ended?.url !== undefined) URL.revokeObjectURL(ended.url);
          tasks.delete(order.taskId);
          return;
        }
        default:
          order satisfies never;
      }
    },
  };
};

const endOf = (error: unknown): TaskEnd => {
  if (error instanceof TaskStopped)
    return error.why === null ? { kind: 'stopped' } : { kind: 'failed', why: error.why };
  if (isFull(error)) return { kind: 'failed', why: { kind: 'no-room', missingBytes: null } };
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: 'failed', why: { kind: 'unexpected', said } };
};
