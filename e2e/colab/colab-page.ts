import { expect, type Locator, type Page } from '@playwright/test';
import type { Progress } from '../jupyter/notebook-page.ts';
import { until } from '../until.ts';
import type { ColabStandIn, SavedColabCell } from './stand-in.ts';

export type MenuChoice = 'runall' | 'runbefore' | 'runfocused' | 'runafter' | 'interrupt' | 'restart';

/** The Colab stand-in's page as a person uses it: by mouse and keyboard. Cells are counted from 0, text cells too. */
export interface ColabPage {
  readonly page: Page;
  readonly cell: (index: number) => Locator;
  /** What a cell shows under its source, in the page or in its frame, trimmed; empty while it is off the screen. */
  readonly output: (index: number) => Promise<string>;
  /** Brings a cell into view and makes it the one in focus. */
  readonly select: (index: number) => Promise<void>;
  /** A click on a cell's run button; done when the cell runs or has ended. Connects first where that is needed. */
  readonly start: (index: number) => Promise<void>;
  /** `start`, then waits until the cell has ended. */
  readonly run: (index: number, options?: { timeoutMs?: number }) => Promise<void>;
  /** Runtime → run before; done when the last of them has ended. */
  readonly runAllAbove: (index: number, options?: { timeoutMs?: number }) => Promise<void>;
  /** Runtime → run all; done when all wait or run. */
  readonly runAll: () => Promise<void>;
  readonly fromRuntimeMenu: (choice: MenuChoice) => Promise<void>;
  /** Waits until no cell waits or runs. */
  readonly waitUntilIdle: (options?: { timeoutMs?: number }) => Promise<void>;
  /** The last `N/M` a cell's output shows, be it a progress table or a terminal's bar. */
  readonly progress: (index: number) => Promise<Progress | undefined>;
  readonly waitForStep: (index: number, step: number, options?: { timeoutMs?: number }) => Promise<Progress>;
  /** Types over what stands in a cell. */
  readonly write: (index: number, source: string) => Promise<void>;
  /** What the file in the user's Drive holds, once this page has saved. */
  readonly save: () => Promise<readonly SavedColabCell[]>;
  /** A click on Connect; done when the page is connected. */
  readonly connect: () => Promise<void>;
  /** A click on Reconnect in the dialog "Runtime disconnected"; done when the page is connected. */
  readonly reconnect: () => Promise<void>;
  /** What the button at the top says without words: its resource display is there while connected. */
  readonly resourceDisplay: Locator;
  readonly dialog: Locator;
  /** Visible while it says that the session crashed. */
  readonly snackbar: Locator;
}

/** Opens the notebook and waits until its cells are there. */
export const openColab = async (page: Page, standIn: ColabStandIn): Promise<ColabPage> => {
  await page.goto(standIn.notebookUrl);
  const colab = colabPage(page, standIn);
  await colab.cell(0).waitFor();
  await standIn.whenPageIsOpen();
  return colab;
};

export const colabPage = (page: Page, standIn: ColabStandIn): ColabPage => {
  const cell = (index: number) => page.locator('.notebook-cell-list > div.cell').nth(index);
  const resourceDisplay = page.locator('colab-connect-button #connect-button-resource-display');
  const dialog = page.locator('mwc-dialog[open]');
  const select = async (index: number) => {
    await cell(index).scrollIntoViewIfNeeded();
    await cell(index).locator('.editor').click();
    await expect(cell(index)).toHaveClass(/focused/);
  };
  const start = async (index: number) => {
    await cell(index).locator('colab-run-button .cell-execution').click();
    await expect(cell(index)).not.toHaveClass(/pending/, { timeout: 60_000 });
  };
  const fromRuntimeMenu = async (choice: MenuChoice) => {
    await page.locator('#runtime-menu-button').click();
    await page.locator(`.goog-menuitem[command="${choice}"]`).click();
  };
  const waitUntilIdle = async ({ timeoutMs = 60_000 }: { timeoutMs?: number } = {}) => {
    await expect(page.locator('.cell.running, .cell.pending')).toHaveCount(0, { timeout: timeoutMs });
  };
  const output = (index: number) => shownText(cell(index));
  const progress = async (index: number) => lastProgress(await output(index));
  const connected = () => resourceDisplay.waitFor({ timeout: 60_000 });
  return {
    page,
    cell,
    output,
    select,
    start,
    run: async (index, { timeoutMs = 60_000 } = {}) => {
      await start(index);
      await expect(cell(index)).not.toHaveClass(/running/, { timeout: timeoutMs });
    },
    runAllAbove: async (index, options) => {
      await select(index);
      await fromRuntimeMenu('runbefore');
      await waitUntilIdle(options);
    },
    runAll: () => fromRuntimeMenu('runall'),
    fromRuntimeMenu,
    waitUntilIdle,
    progress,
    waitForStep: async (index, step, options) => {
      await cell(index).scrollIntoViewIfNeeded();
      return until(
        `step ${step} in cell ${index}`,
        async () => {
          const now = await progress(index);
          return now !== undefined && now.step >= step && now;
        },
        { timeoutMs: 120_000, ...options },
      );
    },
    write: async (index, source) => {
      await select(index);
      await cell(index).locator('textarea').fill(source);
    },
    save: () => standIn.savedCells(),
    connect: async () => {
      await page.locator('colab-connect-button #connect').click();
      await connected();
    },
    reconnect: async () => {
      await dialog.locator('[slot="primaryAction"]').click();
      await connected();
    },
    resourceDisplay,
    dialog,
    snackbar: page.locator('colab-snackbar#message-area .mdc-snackbar--open'),
  };
};

const shownText = async (cell: Locator): Promise<string> => {
  const frame = cell.locator('.output iframe');
  const shown =
    (await frame.count()) === 0 ? cell.locator('.output') : frame.contentFrame().locator('#output-body');
  return (await shown.innerText()).trim();
};

/** `[450/600 00:20 < 00:07, …, Epoch 1.75/3]` in a table, `450/600 [00:20<00:07` in a terminal's bar. */
const lastProgress = (text: string): Progress | undefined => {
  const match = [...text.matchAll(/(\d+)\/(\d+) \[?[\d:]/g)].at(-1);
  return match === undefined ? undefined : { step: Number(match[1]), of: Number(match[2]) };
};
