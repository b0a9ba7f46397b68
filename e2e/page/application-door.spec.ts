import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser } from '../extension/browser.ts';
import { expect, test } from '../fixtures.ts';
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

for (const { frontEnd, paths } of [
  { frontEnd: 'lab', paths: ['lab/tree/', 'doc/tree/'] },
  { frontEnd: 'notebook', paths: ['notebooks/'] },
] as const)
  for (const path of paths)
    test(`the application of /${path} is there at every load, and the page finds nothing of ours`, async ({
      folder,
      startServer,
      browserWithExtension,
    }) => {
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
    });
