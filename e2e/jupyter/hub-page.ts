import type { Page } from '@playwright/test';
import type { JupyterHub } from './hub.ts';
import { notebookPage, type NotebookPage } from './notebook-page.ts';

/** Opens a notebook as a person does who was sent its link: by the hub's login, and its page that starts the server. */
export const openThroughHub = async (page: Page, hub: JupyterHub, path: string): Promise<NotebookPage> => {
  await page.goto(hub.notebookUrl(path));
  await page.getByRole('textbox', { name: 'Username' }).fill(hub.user);
  await page.locator('input[type="password"]').fill(hub.password);
  await page.keyboard.press('Enter');
  await startServer(page);
  const notebook = notebookPage(page, hub, path);
  await notebook.waitUntilReady();
  return notebook;
};

/** "Server not running": starts it, and waits until the hub has led back to where the user wanted to go. */
export const startServer = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Launch Server' }).click();
  await page.locator('.jp-Notebook').waitFor({ timeout: 60_000 });
};
