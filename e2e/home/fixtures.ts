import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { launchBrowser } from '../extension/browser.ts';
import { test as base, expect } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { startJupyter, type JupyterServer } from '../jupyter/server.ts';
import { code, notebook } from '../notebooks/notebook.ts';
import { hashesInZip, hashesOnDisk } from './archive-readers.ts';
import { openBrokenLine, type BrokenLine } from './broken-line.ts';
import type { HomePopup } from './home-popup.ts';
import { popupOf, tabOf } from './popup-line.ts';

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
  /** A quiet notebook over a line that can be broken, and its popup; nothing of an earlier test is left in any of them. */
  readonly home: OpenHome;
}

/** The tests of a worker share server and browser: to start them takes longer than most of the tests. */
export const test = base.extend<Fixtures, { readonly sharedHome: OpenHome }>({
  downloads: async ({ folder }, use) => {
    const downloads = join(folder, 'downloads');
    await mkdir(downloads);
    await use(downloads);
  },
  sharedHome: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'holdfast-home-'));
      await mkdir(join(folder, 'downloads'));
      await writeFile(join(folder, 'story.ipynb'), JSON.stringify(quietBook));
      await using server = await startJupyter({ frontEnd: 'lab', auth: 'token', rootDir: folder });
      await using line = await openBrokenLine(server.url);
      const reached = {
        ...server,
        url: line.url,
        notebookUrl: (path: string) => server.notebookUrl(path).replace(server.url, line.url),
      };
      await using browser = await launchBrowser({ downloadsTo: join(folder, 'downloads') });
      const { page } = await openNotebook(await browser.newPage(), reached, 'story.ipynb');
      const popupPage = await browser.openPopup(page);
      await use({ server, line, popup: popupOf(popupPage), popupPage, folder });
      await browser.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  home: async ({ sharedHome }, use) => {
    await use(sharedHome);
    await clear(sharedHome);
  },
});

const clear = async ({ line, popup, popupPage, folder }: OpenHome): Promise<void> => {
  line.limit(null);
  await limitRoom(popupPage, null);
  const { home, notebookId } = await popup.view();
  for (const { id } of home.jobs) {
    await popup.act({ kind: 'cancel-job', jobId: id });
    await popup.act({ kind: 'dismiss-job', jobId: id });
  }
  await expect.poll(async () => (await popup.view()).home.jobs).toEqual([]);
  for (const { id } of home.copies) await popup.act({ kind: 'remove-copy', notebookId, copyId: id });
  for (const name of ['out', 'back', 'downloads'])
    await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(join(folder, 'downloads'));
};

/** A limit lasts as long as the session that set it. */
const sessions = new WeakMap<Page, CDPSession>();

/** How much the browser lets the extension keep; `null`: as much as it would by itself. */
export const limitRoom = async (popup: Page, quotaSize: number | null): Promise<void> => {
  const session = sessions.get(popup) ?? (await popup.context().newCDPSession(popup));
  sessions.set(popup, session);
  const origin = popup.url().replace(/^(chrome-extension:\/\/[^/]+).*/, '$1');
  await session.send(
    'Storage.overrideQuotaForOrigin',
    quotaSize === null ? { origin } : { origin, quotaSize },
  );
};

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

/** A line of so many bytes a second is slow enough to be broken in the midst of a copy. */
export const SLOW = 20 * MB;

/** Writes a folder and asks for its zip over a slow line; answers with its job when so many bytes have come. */
export const zipSlowly = async (
  { line, popup, folder }: Pick<OpenHome, 'line' | 'popup' | 'folder'>,
  path: string,
  sizes: Readonly<Record<string, number>>,
  bytes: number,
): ReturnType<HomePopup['moved']> => {
  await writeFolder(join(folder, path), sizes);
  line.limit(SLOW);
  await popup.zipFolder(path);
  return popup.moved(bytes);
};

/** What lies among the downloads, but for files under way. */
export const downloaded = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'downloads'))).filter((name) => !name.endsWith('.crdownload')).toSorted();

/** The zip of a folder is the only thing among the downloads, and holds what lies there. */
export const expectWhole = async (folder: string, path: string): Promise<void> => {
  const name = basename(path);
  expect(await downloaded(folder)).toEqual([`${name}.zip`]);
  const inZip = await hashesInZip(join(folder, 'downloads', `${name}.zip`));
  expect(inZip).toEqual(await hashesOnDisk(join(folder, path), name));
};

export { expect, popupOf, tabOf };
