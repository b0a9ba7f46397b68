import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser } from '../extension/browser.ts';
import { expect, test } from '../fixtures.ts';
import { serveKernelPage } from './kernel-page.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { code, notebook } from '../notebooks/notebook.ts';
import type { JupyterServer } from '../jupyter/server.ts';

const book = notebook(code('only', "print('here')"));

/** What a page could find of us: names on its window, and its own config. Run once it is up. */
const traces = (page: Page) =>
  page.evaluate(() => ({
    // Playwright's own, which is only in the browser that keeps a trace.
    names: Object.getOwnPropertyNames(window)
      .filter((name) => !name.startsWith('__playwright'))
      .toSorted(),
    // JupyterLab counts its loads in there.
    config: document
      .getElementById('jupyter-config-data')
      ?.textContent.replace(/"store_id": \d+/, '"store_id": any'),
  }));

const open = async (page: Page, server: JupyterServer, address: string): Promise<void> => {
  await page.goto(address);
  await page.locator('.jp-Notebook-ExecutionIndicator').waitFor({ timeout: 60_000 });
};

for (const { frontEnd, path, tag } of [
  { frontEnd: 'lab', path: 'lab/tree/', tag: [] },
  { frontEnd: 'lab', path: 'doc/tree/', tag: ['@long'] },
  { frontEnd: 'notebook', path: 'notebooks/', tag: ['@long'] },
] as const)
  test(
    `the application of /${path} is there at every load, and the page finds nothing of ours`,
    { tag: [...tag] },
    async ({ folder, startServer, browserWithExtension }) => {
      await writeFile(join(folder, 'story.ipynb'), JSON.stringify(book));
      const server = await startServer({ frontEnd });
      const address = `${server.url}${path}story.ipynb?token=${server.token}`;
      await using bare = await launchBrowser({ withExtension: false });
      const bareBook = await openNotebook(await bare.newPage(), server, 'story.ipynb');
      await open(bareBook.page, server, address);
      const without = await traces(bareBook.page);

      const page = await browserWithExtension.newPage();
      const extension = await browserWithExtension.extension();
      for (let load = 0; load < 4; load += 1) {
        await open(page, server, address);
        await expect
          .poll(async () => JSON.stringify(await extension.stored('session')), { message: `load ${load}` })
          .toMatch(/"application":"working".*"kernelTap":"standing-by"/);
        expect(await traces(page)).toEqual(without);
      }
    },
  );

declare const seen: { readonly errors: readonly string[]; readonly started: boolean };

/** An application whose shell knows no main area, or has not got far when it is handed out: any version may come. */
const oddApplications = {
  'throws when it is asked for its notebooks': `{ widgets() { throw new Error('Invalid area: main'); }, currentWidget: null }`,
  'throws later': `{ get currentWidget() { return { context: { ready: Promise.resolve(), path: 'a' } }; },
    calls: 0, widgets() { this.calls += 1; if (this.calls > 1) throw new Error('gone'); return []; } }`,
};

for (const [name, shell] of Object.entries(oddApplications))
  test(`a page whose shell ${name} starts as without us`, async ({ browserWithExtension }) => {
    const html = `<!doctype html><html><head>
      <script>
        window.seen = { errors: [], started: false };
        addEventListener('error', (event) => seen.errors.push(String(event.message)));
        addEventListener('unhandledrejection', (event) => seen.errors.push(String(event.reason)));
      </script>
      <script id="jupyter-config-data" type="application/json">{"baseUrl": "/"}</script></head><body><script>
        window.jupyterapp = { name: 'JupyterLab', commands: { execute() {} }, restored: Promise.resolve(), shell: ${shell} };
        seen.started = true;
      </script></body></html>`;
    await using served = await serveKernelPage(html, []);
    const page = await browserWithExtension.newPage();
    const extension = await browserWithExtension.extension();
    await page.goto(served.url);
    await expect
      .poll(async () => JSON.stringify(await extension.stored('session')))
      .toMatch(/"application":"working"/);
    expect(await page.evaluate(() => seen)).toEqual({ errors: [], started: true });
  });
