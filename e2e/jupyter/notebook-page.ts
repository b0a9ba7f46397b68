import { expect, type Locator, type Page, type Response } from '@playwright/test';
import { until } from '../until.ts';
import type { SavedCell } from './rest-client.ts';
import type { JupyterServer } from './server.ts';

export interface Progress {
  readonly step: number;
  readonly of: number;
}

export type KernelMenuChoice = 'Interrupt Kernel' | 'Restart Kernel…' | 'Shut Down Kernel';

/**
 * A notebook in JupyterLab 4.6 or Notebook 7.6, which share their notebook widget, as a person uses it: by
 * mouse and keyboard. Cells are counted from 0, markdown cells too.
 */
export interface NotebookPage {
  readonly page: Page;
  readonly path: string;
  /** Waits until the notebook has a kernel and it is idle; answers "Select Kernel" with what it proposes. */
  readonly waitUntilReady: () => Promise<void>;
  readonly kernelId: () => Promise<string>;
  readonly cell: (index: number) => Locator;
  /** What a cell shows under its source. */
  readonly output: (index: number) => Locator;
  /** Makes a cell the active one, by the arrow keys: it may not be in the DOM before. */
  readonly select: (index: number) => Promise<void>;
  /** Ctrl+Enter in a cell; done when the page shows that it was sent. */
  readonly start: (index: number) => Promise<void>;
  /** `start`, then waits until the cell has ended. */
  readonly run: (index: number, options?: { timeoutMs?: number }) => Promise<void>;
  /** Run → Run All Above Selected Cell; done when the last of them has ended. */
  readonly runAllAbove: (index: number, options?: { timeoutMs?: number }) => Promise<void>;
  /** The last `N/M` a cell's output shows, be it a progress table or a terminal's bar. */
  readonly progress: (index: number) => Promise<Progress | undefined>;
  readonly waitForStep: (index: number, step: number, options?: { timeoutMs?: number }) => Promise<Progress>;
  /** Saves, and answers what the file then holds. */
  readonly save: () => Promise<readonly SavedCell[]>;
  /** Clicks away the box that says the kernel appears to have died; waits for it first. */
  readonly dismissKernelRestarting: () => Promise<void>;
  /** Kernel → Interrupt Kernel, Restart Kernel…, Shut Down Kernel; says yes where the page asks. */
  readonly fromKernelMenu: (choice: KernelMenuChoice) => Promise<void>;
}

/** Opens a notebook, by the login page where a password is asked for, and waits until it is ready. */
export const openNotebook = async (
  page: Page,
  server: JupyterServer,
  path: string,
): Promise<NotebookPage> => {
  await page.goto(server.notebookUrl(path));
  if (server.password !== '') await logIn(page, server.password);
  const notebook = notebookPage(page, server, path);
  await notebook.waitUntilReady();
  return notebook;
};

/** @param server asked, beside the page, for the notebook's kernel and its file */
export const notebookPage = (page: Page, server: Pick<JupyterServer, 'rest'>, path: string): NotebookPage => {
  const cell = (index: number) => page.locator(`.jp-Notebook-cell[data-windowed-list-index="${index}"]`);
  const output = (index: number) => cell(index).locator('.jp-OutputArea');
  const active = page.locator('.jp-Notebook-cell.jp-mod-active');
  const activeIndex = async () => Number(await active.getAttribute('data-windowed-list-index'));
  const dialog = (title: string) =>
    page.locator('.jp-Dialog').filter({ has: page.locator('.jp-Dialog-header', { hasText: title }) });

  const waitUntilReady = async () => {
    const kernel = page.locator('.jp-Toolbar-kernelName', { hasNotText: 'No Kernel' });
    const question = dialog('Select Kernel');
    await kernel.or(question).first().waitFor({ timeout: 60_000 });
    if (await question.isVisible()) await question.getByRole('button', { name: 'Select' }).click();
    await kernel.waitFor();
    await until(
      `the kernel of ${path} to be idle`,
      async () => (await server.rest.kernelOf(path))?.execution_state === 'idle',
      { timeoutMs: 60_000 },
    );
    await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
  };
  const kernelId = async () => {
    const kernel = await server.rest.kernelOf(path);
    if (kernel === undefined) throw new Error(`${path} has no kernel`);
    return kernel.id;
  };
  const select = async (index: number) => {
    await active.focus();
    await page.keyboard.press('Escape');
    for (let at = await activeIndex(); at !== index; at = await activeIndex()) {
      await page.keyboard.press(at < index ? 'ArrowDown' : 'ArrowUp');
      await expect.poll(activeIndex, { message: 'an arrow key moves to another cell' }).not.toBe(at);
    }
  };
  const start = async (index: number) => {
    await select(index);
    const sent = await watchForStart(cell(index));
    await page.keyboard.press('Control+Enter');
    await sent();
  };
  const waitForEnd = async (index: number, { timeoutMs = 60_000 }: { timeoutMs?: number } = {}) => {
    await expect(cell(index).locator('.jp-InputPrompt')).toHaveText(/^\[\d+\]:$/, { timeout: timeoutMs });
  };
  const progress = async (index: number) => lastProgress(await output(index).innerText());
  return {
    page,
    path,
    waitUntilReady,
    kernelId,
    cell,
    output,
    select,
    start,
    run: async (index, options) => {
      await start(index);
      await waitForEnd(index, options);
    },
    runAllAbove: async (index, options) => {
      await select(index);
      const last = await lastCodeCellAbove(cell, index);
      const sent = await watchForStart(cell(last));
      await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Run All Above Selected Cell' }).click();
      await sent();
      await waitForEnd(last, options);
    },
    progress,
    waitForStep: async (index, step, options) =>
      until(
        `step ${step} in cell ${index}`,
        async () => {
          const now = await progress(index);
          return now !== undefined && now.step >= step && now;
        },
        { timeoutMs: 120_000, ...options },
      ),
    // JupyterLab forgets a save that is asked for while it ends another: then it is asked again.
    save: async () => {
      await expect(async () => {
        const put = page.waitForResponse(isNotebookSaved, { timeout: 5000 });
        await Promise.all([put, page.keyboard.press('Control+s')]);
        expect((await put).ok(), 'the server took the notebook').toBe(true);
      }).toPass({ timeout: 60_000 });
      return server.rest.savedCells(path);
    },
    dismissKernelRestarting: async () => {
      const box = dialog('Kernel Restarting');
      await box.waitFor({ timeout: 60_000 });
      await box.getByRole('button', { name: 'Ok' }).click();
      await box.waitFor({ state: 'detached' });
    },
    fromKernelMenu: async (choice) => {
      await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
      await page.getByRole('menuitem', { name: new RegExp(`^${choice}`) }).click();
      if (choice === 'Restart Kernel…')
        await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    },
  };
};

const isNotebookSaved = (response: Response): boolean =>
  response.request().method() === 'PUT' && response.url().includes('/api/contents/');

const logIn = async (page: Page, password: string): Promise<void> => {
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press('Enter');
};

/**
 * A short cell shows `[*]` for a few milliseconds only, and after a restart it may end with the number it
 * had: so the prompt is watched from before the key press on. Answers a function that waits for the change.
 */
const watchForStart = async (cell: Locator): Promise<() => Promise<void>> => {
  // No function with a name in here: tsx would mark it by one of its own, which the page does not have.
  const watch = await cell.evaluateHandle((element) => {
    const before = element.querySelector('.jp-InputPrompt')?.textContent;
    const changed = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (element.querySelector('.jp-InputPrompt')?.textContent === before) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true });
    });
    return { changed };
  });
  return () => watch.evaluate(({ changed }) => changed);
};

const lastCodeCellAbove = async (cell: (index: number) => Locator, index: number): Promise<number> => {
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((await cell(above).locator('.jp-InputPrompt').count()) > 0 && (await isCode(cell(above))))
      return above;
  }
  throw new Error(`no code cell above cell ${index}`);
};

const isCode = (cell: Locator): Promise<boolean> =>
  cell.evaluate((element) => element.classList.contains('jp-CodeCell'));

/** `[450/600 00:20 < 00:07, …, Epoch 1.75/3]` in a table, `450/600 [00:20<00:07` in a terminal's bar. */
const lastProgress = (text: string): Progress | undefined => {
  const match = [...text.matchAll(/(\d+)\/(\d+) \[?[\d:]/g)].at(-1);
  return match === undefined ? undefined : { step: Number(match[1]), of: Number(match[2]) };
};
