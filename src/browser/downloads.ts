import { browser } from './browser.ts';

/** What became of a download. `interrupted`: with the browser's own word for it. */
export type DownloadEnd =
  | { readonly kind: 'complete'; readonly fileName: string; readonly sizeBytes: number }
  | { readonly kind: 'interrupted'; readonly said: string }
  /** The user took it off the list, or the browser knows nothing of it any more. */
  | { readonly kind: 'unknown' };

/** The browser's word for a download that the user stopped. */
export const STOPPED_BY_USER = 'USER_CANCELED';

/** Begins to write a file of ours among the browser's downloads; one of that name is never replaced. Its number. */
export const beginDownload = (url: string, fileName: string): Promise<number> =>
  browser.downloads.download({ url, filename: fileName, conflictAction: 'uniquify', saveAs: false });

/** How a download stands: its end, or how many bytes are on the disk. */
export const downloadState = async (
  id: number,
): Promise<DownloadEnd | { readonly kind: 'running'; readonly bytes: number }> => {
  const [item] = await browser.downloads.search({ id });
  if (item === undefined) return { kind: 'unknown' };
  const { state, bytesReceived, error, filename, fileSize } = item;
  if (state === 'in_progress') return { kind: 'running', bytes: bytesReceived };
  if (state === 'interrupted') return { kind: 'interrupted', said: error ?? 'INTERRUPTED' };
  return { kind: 'complete', fileName: filename.split(/[/\\]/).at(-1) ?? filename, sizeBytes: fileSize };
};

/** Numbers of the downloads of an address, in the order of their beginning. */
export const downloadsOf = async (url: string): Promise<readonly number[]> =>
  (await browser.downloads.search({ url, orderBy: ['startTime'] })).map(({ id }) => id);

/** Takes a download off the list, and what there is of its file off the disk. */
export const forgetDownload = async (id: number): Promise<void> => {
  await browser.downloads.cancel(id).catch(() => undefined);
  await browser.downloads.removeFile(id).catch(() => undefined);
  await browser.downloads.erase({ id });
};

export const showDownload = (id: number): Promise<boolean> => browser.downloads.show(id);

export const stopDownload = async (id: number): Promise<void> => {
  await browser.downloads.cancel(id).catch(() => undefined);
};
