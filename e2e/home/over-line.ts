import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HoldfastBrowser } from '../extension/browser.ts';
import type { OpenNotebook } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import type { JupyterServer } from '../jupyter/server.ts';
import type { Notebook } from '../notebooks/notebook.ts';
import type { BrokenLine } from './broken-line.ts';

/**
 * Writes a notebook into the folder of a server and opens it behind a line to it.
 *
 * @param tab A new one of the browser, where not given.
 */
export const openOverLine = async (
  book: Notebook,
  server: JupyterServer,
  line: BrokenLine,
  folder: string,
  browser: HoldfastBrowser,
  tab?: Page,
): Promise<OpenNotebook> => {
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(book));
  const reached = {
    ...server,
    url: line.url,
    notebookUrl: (path: string) => server.notebookUrl(path).replace(server.url, line.url),
  };
  const page = await openNotebook(tab ?? (await browser.newPage()), reached, 'story.ipynb');
  return { ...page, server, notebook: book, folder };
};
