import { beginDownload } from '../browser/downloads.ts';
import type { JobFailure } from '../protocol/home-view.ts';
import type { DownloadEnds } from './download-ends.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';

/** Brings a finished zip from the worker's address to the disk. */
export interface ZipSaver {
  /** `null`: it is there, and as large as it was made. */
  save(jobId: string, fileName: string, zip: { url: string; sizeBytes: number }): Promise<JobFailure | null>;
  /** The same for an archive whose download has begun already. */
  finish(jobId: string, fileName: string, downloadId: number, sizeBytes: number): Promise<JobFailure | null>;
  /** Whether the zip came to the disk while the background slept. */
  isSaved(job: Job): Promise<boolean>;
}

const PROGRESS_MS = 500;

/** @param onProgress Called now and then while the browser writes. */
export const createZipSaver = (
  jobs: JobStore,
  downloads: Pick<DownloadEnds, 'of'>,
  onProgress: () => void,
): ZipSaver => {
  const finish: ZipSaver['finish'] = async (jobId, fileName, id, sizeBytes) => {
    await jobs.change(jobId, { download: { id, fileName, sizeBytes } });
    const ticking = setInterval(onProgress, PROGRESS_MS);
    const end = await downloads.of(id).finally(() => clearInterval(ticking));
    if (end.kind !== 'complete')
      return { kind: 'download', said: end.kind === 'interrupted' ? end.said : 'UNKNOWN' };
    if (end.sizeBytes !== sizeBytes) return { kind: 'zip-differs' };
    await jobs.change(jobId, { download: { id, fileName: end.fileName, sizeBytes } });
    return null;
  };
  return {
    finish,
    async save(jobId, fileName, { url, sizeBytes }) {
      try {
        return await finish(jobId, fileName, await beginDownload(url, fileName), sizeBytes);
      } catch (error) {
        return { kind: 'download', said: error instanceof Error ? error.message : String(error) };
      }
    },
    async isSaved({ download }) {
      const end = download === null ? null : await downloads.of(download.id);
      return end?.kind === 'complete' && end.sizeBytes === download?.sizeBytes;
    },
  };
};
