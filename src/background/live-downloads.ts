import { downloadState, downloadsOf, forgetDownload, STOPPED_BY_USER } from '../browser/downloads.ts';
import { hasOffscreenPages } from '../browser/offscreen.ts';
import { browser } from '../browser/browser.ts';
import { zipDoorPath } from '../protocol/zip-door.ts';
import type { TransferHost } from './transfer-host.ts';

/** Downloads of archives that are made while they are downloaded: see `zip-door.ts`. */
export interface LiveDownloads {
  /** Whether this browser can do that. */
  readonly isPossible: boolean;
  /** The browser's number for the download of a job; `null` when it began none. */
  of(jobId: string): Promise<number | null>;
  /** Whether it was stopped in the browser's own list of downloads. */
  isStopped(jobId: string): Promise<boolean>;
  /** Takes what there is of it off the list and off the disk. */
  forget(jobId: string): Promise<void>;
  /** The same for one that is on its way. */
  drop(jobId: string): Promise<void>;
}

export const createLiveDownloads = (host: Pick<TransferHost, 'send'>): LiveDownloads => {
  const addressOf = (jobId: string): string => browser.runtime.getURL(zipDoorPath(jobId).slice(1));
  const isPossible = hasOffscreenPages();
  const forget = async (jobId: string): Promise<void> => {
    if (isPossible) for (const id of await downloadsOf(addressOf(jobId))) await forgetDownload(id);
  };
  const of = async (jobId: string): Promise<number | null> =>
    (await downloadsOf(addressOf(jobId))).at(-1) ?? null;
  return {
    isPossible,
    of,
    async isStopped(jobId) {
      const id = await of(jobId);
      const state = id === null ? null : await downloadState(id);
      return state?.kind === 'interrupted' && state.said === STOPPED_BY_USER;
    },
    forget,
    async drop(jobId) {
      if (!isPossible) return;
      await host.send({ kind: 'stop-live', id: jobId });
      await forget(jobId);
    },
  };
};
