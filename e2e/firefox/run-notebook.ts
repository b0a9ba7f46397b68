import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import type { JupyterServer } from '../jupyter/server.ts';
import type { Notebook } from '../notebooks/notebook.ts';
import type { HoldfastFirefox } from './firefox.ts';

/** Waits until no cell of `story.ipynb` runs. */
export const kernelIdle = (server: JupyterServer): Promise<void> =>
  expect
    .poll(async () => (await server.rest.kernelOf('story.ipynb'))?.execution_state, { timeout: 60_000 })
    .toBe('idle');

/** Puts a notebook as `story.ipynb` into the folder of a server, opens it, logs in where a password is asked for, and runs it all. */
export const runNotebook = async (
  firefox: HoldfastFirefox,
  server: JupyterServer,
  folder: string,
  book: Notebook,
): Promise<Page> => {
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(book));
  const page = await firefox.newPage();
  await page.goto(server.notebookUrl('story.ipynb'));
  if (server.password !== '') {
    await page.locator('input[type="password"]').fill(server.password);
    await page.keyboard.press('Enter');
  }
  await kernelIdle(server);
  await page.locator('.lm-MenuBar-item ::-p-text(Run)').click();
  await page.locator('.lm-Menu-item ::-p-text(Run All Cells)').click();
  return page;
};
