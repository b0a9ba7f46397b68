import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { launchBrowser, type HoldfastBrowser } from './extension/browser.ts';
import { openNotebook, type NotebookPage } from './jupyter/notebook-page.ts';
import { startJupyter, type JupyterOptions, type JupyterServer } from './jupyter/server.ts';
import type { Notebook } from './notebooks/notebook.ts';

/** A server, a notebook in it, and the page that shows it. */
export interface OpenNotebook extends NotebookPage {
  readonly server: JupyterServer;
  readonly notebook: Notebook;
  /** The notebook's folder on disk. */
  readonly folder: string;
}

interface Fixtures {
  /** A folder of the test's own; removed after it. */
  readonly folder: string;
  /** Where the browser's downloads go; `null`: there are none. */
  readonly downloads: string | null;
  /** A Chromium with the built extension, with traces when the test fails. */
  readonly browserWithExtension: HoldfastBrowser;
  /** Starts a server in `folder`. All of them are stopped after the test, with their kernels. */
  readonly startServer: (options?: Partial<JupyterOptions>) => Promise<JupyterServer>;
  /** Starts a server, writes the notebook into its folder and opens it. */
  readonly open: (
    notebook: Notebook,
    options?: Partial<JupyterOptions> & { name?: string },
  ) => Promise<OpenNotebook>;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  downloads: [null, { option: true }],
  browserWithExtension: async ({ downloads }, use, testInfo) => {
    await using browser = await launchBrowser(downloads === null ? {} : { downloadsTo: downloads });
    await browser.context.tracing.start({ screenshots: false, snapshots: true, title: testInfo.title });
    await use(browser);
    const failed = testInfo.status !== testInfo.expectedStatus;
    const path = testInfo.outputPath('trace.zip');
    await browser.context.tracing.stop(failed ? { path } : {});
    if (failed) await testInfo.attach('trace', { path, contentType: 'application/zip' });
  },
  startServer: async ({ folder }, use, testInfo) => {
    const servers: JupyterServer[] = [];
    await use(async (options = {}) => {
      const server = await startJupyter({ frontEnd: 'lab', auth: 'token', rootDir: folder, ...options });
      servers.push(server);
      return server;
    });
    for (const [index, server] of servers.entries()) {
      await testInfo.attach(`server-${index}.log`, { body: await server.log(), contentType: 'text/plain' });
      await server.stop();
    }
  },
  open: async ({ folder, startServer, browserWithExtension }, use) => {
    await use(async (notebook, { name = 'story.ipynb', ...options } = {}) => {
      await writeFile(join(folder, name), JSON.stringify(notebook, undefined, 1));
      const server = await startServer(options);
      const page = await openNotebook(await browserWithExtension.newPage(), server, name);
      return { ...page, server, notebook, folder };
    });
  },
});

export { expect } from '@playwright/test';
