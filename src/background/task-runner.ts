import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { Reached, Task, TaskEnd, WorkerReport } from '../protocol/transfer-message.ts';
import type { TransferHost } from './transfer-host.ts';

/** How far a task is, as the worker last told. */
export interface TaskProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number | null;
  /** The server is asked again then. */
  readonly waiting: { readonly why: ServerTrouble; readonly nextAt: number } | null;
}

export interface TaskRunner {
  /** Begins a task, or joins it where the worker has it already, and waits for its end. */
  run(task: Task, renew: () => Promise<Reached | null>): Promise<TaskEnd>;
  stop(taskId: string): void;
  /** The end is known: the worker lets go of what it holds. */
  release(taskId: string): Promise<void>;
  progress(taskId: string): TaskProgress | null;
  take(report: WorkerReport): void;
}

interface Running {
  readonly end: (end: TaskEnd) => void;
  readonly renew: () => Promise<Reached | null>;
  progress: TaskProgress;
  /** Moments with what was done by then, over the last seconds. */
  seen: readonly { readonly at: number; readonly bytes: number }[];
}

/** The pace is taken over that long. */
const PACE_MS = 5000;

/** Tasks as the background sees them: what it asked the worker for, and what the worker tells. */
export const createTaskRunner = (
  host: Pick<TransferHost, 'send'>,
  onProgress: (taskId: string) => void,
  now: () => number,
): TaskRunner => {
  const running = new Map<string, Running>();
  /** Tasks that asked for a way before the background knew of them: it was just being started. */
  const wantedEarly = new Set<string>();

  const answerWith = async (taskId: string, renew: Running['renew']): Promise<void> => {
    const server = await renew().catch(() => null);
    await host.send({ kind: 'access', taskId, server });
  };

  return {
    run: (task, renew) =>
      new Promise((resolve, reject) => {
        const progress = { doneBytes: 0, totalBytes: 0, bytesPerSecond: null, waiting: null };
        running.set(task.taskId, { end: resolve, renew, progress, seen: [] });
        host.send(task).catch(reject);
        if (wantedEarly.delete(task.taskId)) void answerWith(task.taskId, renew);
      }),
    stop: (taskId) => void host.send({ kind: 'stop', taskId }),
    release: (taskId) => {
      running.delete(taskId);
      return host.send({ kind: 'release', taskId });
    },
    progress: (taskId) => running.get(taskId)?.progress ?? null,
    take(report) {
      const task = running.get(report.taskId);
      // A background that has just been started again joins in when it knows its jobs; then an end is told once more.
      if (task === undefined) {
        if (report.kind === 'access-wanted') wantedEarly.add(report.taskId);
        return;
      }
      switch (report.kind) {
        case 'progress': {
          const at = now();
          const bytes = report.doneBytes;
          task.seen = [...task.seen.filter((each) => at - each.at <= PACE_MS), { at, bytes }];
          const { doneBytes, totalBytes } = report;
          task.progress = { doneBytes, totalBytes, bytesPerSecond: paceOf(task.seen), waiting: null };
          onProgress(report.taskId);
          return;
        }
        case 'trying-again':
          task.seen = [];
          task.progress = {
            ...task.progress,
            bytesPerSecond: null,
            waiting: { why: report.why, nextAt: report.nextAt },
          };
          onProgress(report.taskId);
          return;
        case 'access-wanted':
          void answerWith(report.taskId, task.renew);
          return;
        case 'ended':
          task.end(report.end);
          return;
        default:
          report satisfies never;
      }
    },
  };
};

const paceOf = (seen: Running['seen']): number | null => {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 500) return null;
  return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
};
