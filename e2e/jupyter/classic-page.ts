import type { Locator, Page } from '@playwright/test';
import { until } from '../until.ts';
import type { JupyterServer } from './server.ts';

/** A notebook in the classic front end (nbclassic 1.3) as a person uses it. */
export interface ClassicPage {
  readonly page: Page;
  readonly kernelId: () => Promise<string>;
  readonly cell: (index: number) => Locator;
  /** Cell → Run All. */
  readonly runAll: () => Promise<void>;
  readonly waitForStep: (index: number, step: number) => Promise<void>;
}

export const openClassic = async (page: Page, server: JupyterServer, path: string): Promise<ClassicPage> => {
  await page.goto(server.notebookUrl(path));
  const kernel = async () => (await server.rest.kernelOf(path)) ?? undefined;
  await until(`the kernel of ${path} to be idle`, async () => (await kernel())?.execution_state === 'idle', {
    timeoutMs: 60_000,
  });
  const cell = (index: number) => page.locator('.cell').nth(index);
  return {
    page,
    cell,
    kernelId: async () => {
      const now = await kernel();
      if (now === undefined) throw new Error(`${path} has no kernel`);
      return now.id;
    },
    runAll: async () => {
      await page.getByRole('link', { name: 'Cell', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Run All', exact: true }).click();
    },
    waitForStep: async (index, step) => {
      await until(
        `step ${step} in cell ${index}`,
        async () => {
          const shown = [...(await cell(index).innerText()).matchAll(/(\d+)\/\d+ \[?[\d:]/g)].at(-1)?.[1];
          return shown !== undefined && Number(shown) >= step;
        },
        { timeoutMs: 120_000 },
      );
    },
  };
};
