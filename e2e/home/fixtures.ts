import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import type { JupyterServer } from '../jupyter/server.ts';
import { code, notebook } from '../notebooks/notebook.ts';
import { openBrokenLine, type BrokenLine } from './broken-line.ts';
import { homePopup, type HomePopup } from './home-popup.ts';

export const MB = 1_000_000;
/** A notebook that trains nothing: the folders of these tests are put beside it. */
export const quietBook = notebook(code('only', "print('here')"));

interface OpenHome {
  readonly server: JupyterServer;
  readonly line: BrokenLine;
  readonly popup: HomePopup;
  /** The same popup, as a page. */
  readonly popupPage: Page;
  /** The served folder on disk. */
  readonly folder: string;
}

interface Fixtures {
  /** A quiet notebook over a line that can be broken, and its popup. */
  readonly home: OpenHome;
}

export const test = base.extend<Fixtures>({
  downloads: async ({ folder }, use) => {
    const downloads = join(folder, 'downloads');
    await mkdir(downloads);
    await use(downloads);
  },
  home: async ({ folder, startServer, browserWithExtension }, use) => {
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(quietBook));
    const server = await startServer();
    await using line = await openBrokenLine(server.url);
    const reached = {
      ...server,
      url: line.url,
      notebookUrl: (path: string) => server.notebookUrl(path).replace(server.url, line.url),
    };
    const { page } = await openNotebook(await browserWithExtension.newPage(), reached, 'story.ipynb');
    const popupPage = await browserWithExtension.openPopup(page);
    await use({ server, line, popup: popupOf(popupPage), popupPage, folder });
  },
});

declare const chrome: { readonly runtime: { sendMessage(message: unknown): Promise<never> } };

/** What an open popup in Chromium tells and asks. */
export const popupOf = (page: Page): HomePopup =>
  homePopup(tabOf(page.url()), (message) =>
    page.evaluate((sent) => chrome.runtime.sendMessage(sent), message),
  );

export const tabOf = (popup: string): number => Number(new URL(popup).searchParams.get('tab'));

/** Writes files of random bytes below a folder: sizes by relative path. */
export const writeFolder = async (
  folder: string,
  sizes: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, Buffer>>> => {
  const written: Record<string, Buffer> = {};
  for (const [path, bytes] of Object.entries(sizes)) {
    const file = join(folder, path);
    written[path] = randomBytes(bytes);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, written[path]);
  }
  return written;
};

/** What lies among the downloads, but for files under way. */
export const downloaded = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'downloads'))).filter((name) => !name.endsWith('.crdownload')).toSorted();

export { expect };
