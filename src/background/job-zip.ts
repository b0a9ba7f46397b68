import { STOPPED_BY_USER } from '../browser/downloads.ts';
import type { TaskEnd } from '../protocol/transfer-message.ts';
import { JobStopped, unexpectedEnd } from './job-stopped.ts';
import type { LiveDownloads } from './live-downloads.ts';
import type { TaskRunner } from './task-runner.ts';
import type { ZipSaver } from './zip-saver.ts';

type Zipped = Extract<TaskEnd, { kind: 'zipped' }>;

/**
 * Brings the archive of a job's copies to the downloads: ends the one that went there while they came, or has one made. Answers its
 * size; throws `JobStopped`.
 *
 * @param runTask Runs a task to an end that is worth going on from.
 */
export const createJobZip = (
  tasks: Pick<TaskRunner, 'run' | 'release'>,
  zips: Pick<ZipSaver, 'save' | 'finish'>,
  lives: LiveDownloads,
  runTask: (taskId: string, run: () => Promise<TaskEnd>) => Promise<TaskEnd>,
  isStopped: () => boolean,
): ((jobId: string, fileName: string, copyIds: readonly string[]) => Promise<number>) => {
  /** Makes an archive, brings it to the disk with `save`, and lets go of it. */
  const withZip = async (
    jobId: string,
    copyIds: readonly string[],
    liveId: string | null,
    save: (zip: Zipped) => Promise<number | null>,
  ): Promise<number | null> => {
    const taskId = `${jobId}-zip`;
    const task = { kind: 'zip', taskId, copyIds, liveId } as const;
    const end = await runTask(taskId, () => tasks.run(task, async () => null));
    if (end.kind !== 'zipped') throw unexpectedEnd(end);
    try {
      return await save(end);
    } finally {
      await tasks.release(taskId);
    }
  };

  return async (jobId, fileName, copyIds) => {
    const save = async ({ url, sizeBytes }: Zipped): Promise<number | null> => {
      // Who stopped it in the browser's own list of downloads does not want it made again.
      if (await lives.isStopped(jobId)) throw new JobStopped({ kind: 'download', said: STOPPED_BY_USER });
      if (url === null) return saveLive(sizeBytes);
      await lives.forget(jobId);
      const why = await zips.save(jobId, fileName, { url, sizeBytes });
      if (why !== null) throw new JobStopped(isStopped() ? null : why);
      return sizeBytes;
    };
    /** `null`: it did not arrive, and has to be made. */
    const saveLive = async (sizeBytes: number): Promise<number | null> => {
      const downloadId = await lives.of(jobId);
      const why = downloadId === null ? null : await zips.finish(jobId, fileName, downloadId, sizeBytes);
      if (downloadId !== null && why === null) return sizeBytes;
      if (isStopped()) throw new JobStopped(null);
      return null;
    };
    const sizeBytes =
      (await withZip(jobId, copyIds, jobId, save)) ?? (await withZip(jobId, copyIds, null, save));
    if (sizeBytes === null) throw new JobStopped({ kind: 'zip-differs' });
    return sizeBytes;
  };
};
