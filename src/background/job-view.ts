import type { JobState, JobView, Progress } from '../protocol/home-view.ts';
import type { Job } from './job.ts';
import type { TaskProgress } from './task-runner.ts';

/**
 * A job as the popup shows it.
 *
 * @param progress Of the task that works for it at the moment.
 * @param savedBytes Of the zip, on the disk by now.
 */
export const jobView = (job: Job, progress: TaskProgress | null, savedBytes: number | null): JobView => ({
  id: job.id,
  names: job.items.map(({ name }) => name),
  extent: job.extent,
  to: job.to,
  copyIds: job.items.flatMap(({ copyId }) => copyId ?? []),
  state: stateOf(job, progress, savedBytes),
});

const stateOf = (job: Job, progress: TaskProgress | null, savedBytes: number | null): JobState => {
  const { state } = job;
  switch (state.kind) {
    case 'waiting':
      return { kind: 'waiting' };
    case 'moving': {
      const moved = movedOf(job, progress);
      const waiting = progress?.waiting ?? null;
      return waiting === null ? { kind: 'moving', ...moved } : { kind: 'trying-again', ...waiting, ...moved };
    }
    case 'paused':
      return { kind: 'paused', ...movedOf(job, null) };
    case 'saving': {
      const totalBytes = job.download?.sizeBytes ?? sizeOf(job);
      return {
        kind: 'saving',
        doneBytes: savedBytes ?? 0,
        totalBytes,
        bytesPerSecond: null,
        secondsLeft: null,
      };
    }
    case 'done': {
      const { checked, sizeBytes, asideAs } = state;
      const fileName = job.download?.fileName ?? null;
      return { kind: 'done', checked, sizeBytes, fileName, canShow: job.download !== null, asideAs };
    }
    case 'failed':
      return { kind: 'failed', why: state.why };
    default:
      return state satisfies never;
  }
};

const sizeOf = ({ items }: Job): number => items.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);

/** What is here of all of it. The item at work is the first without a copy; a job that puts back has only one. */
const movedOf = (job: Job, progress: TaskProgress | null): Progress => {
  const isDone = ({ copyId }: Job['items'][number]): boolean => copyId !== null && job.to !== 'server';
  const done = job.items.filter(isDone);
  const [, ...behind] = job.items.filter((item) => !isDone(item));
  const [at] = job.items.filter((item) => !isDone(item));
  const before = done.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const after = behind.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  const current = progress === null || progress.totalBytes === 0 ? (at?.sizeBytes ?? 0) : progress.totalBytes;
  const doneBytes = before + (progress?.doneBytes ?? 0);
  const totalBytes = before + current + after;
  const bytesPerSecond = progress?.bytesPerSecond ?? null;
  return {
    doneBytes,
    totalBytes,
    bytesPerSecond,
    secondsLeft:
      bytesPerSecond === null || bytesPerSecond === 0 ? null : (totalBytes - doneBytes) / bytesPerSecond,
  };
};
