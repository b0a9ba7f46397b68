import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WATCH_FOLDER, WATCH_REQUEST } from '../src/core/reach/watch-cell.ts';
import type { HoldfastBrowser } from './extension/browser.ts';
import type { PopupPage } from './extension/popup-page.ts';
import { expect, test, type OpenNotebook } from './fixtures.ts';
import { openBrokenLine } from './home/broken-line.ts';
import { openOverLine } from './home/over-line.ts';
import { ending, uninterruptedEnding } from './notebooks/frameworks/ending.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { code, indexOf, notebook } from './notebooks/notebook.ts';
import { unsavingStory } from './notebooks/unsaving-story.ts';
import { cellBelow, kill, reach, train } from './training.ts';

const story = unsavingStory();
const training = indexOf(story, trainingCell);
/** As it stands with the cell that takes wishes. */
const withCell = notebook(
  ...story.cells.slice(0, training),
  code('asks', ''),
  ...story.cells.slice(training),
);
/** Trains, and clicks Save now in vain. */
const refusedAtFirst = async (opened: OpenNotebook, browser: HoldfastBrowser): Promise<PopupPage> => {
  const popup = await train(opened, browser);
  await reach(opened, 10);
  await popup.press(/^Save now/);
  await popup.press(/^Yes, save now$/);
  const refusal = popup.page.getByText(/^Not saved: something between here and the kernel refuses/);
  await expect(refusal).toBeVisible();
  return popup;
};

const SAVED = /^Saved by you at step \d+: /;

test(
  'behind a proxy that opens no socket of ours, a cell takes the wishes as files: saved, killed, resumed, saved again',
  { tag: '@long' },
  async ({ startServer, folder, browserWithExtension }) => {
    test.setTimeout(400_000);
    const server = await startServer();
    await using line = await openBrokenLine(server.url);
    line.admitOnlyPages();
    const opened = await openOverLine(story, server, line, folder, browserWithExtension);
    const popup = await refusedAtFirst(opened, browserWithExtension);
    const { page } = popup;
    await expect(page.getByRole('heading', { name: 'Let Holdfast ask for saves' })).toBeVisible();
    await popup.press(/^Put the cell in$/);
    await expect(page.getByText(/stands above the training cell\. Run it/)).toBeVisible();
    await popup.press(/^Undo: Let Holdfast ask for saves$/);
    await expect(page.getByText(/stands above the training cell\. Run it/)).toBeHidden();
    expect((await opened.save())[training]?.source).toContain('trainer.train()');
    await popup.press(/^Put the cell in$/);
    await expect(page.getByText(/stands above the training cell\. Run it/)).toBeVisible();
    const saved = await opened.save();
    expect(saved[training]?.source).toMatch(/^# Holdfast looks once a second in holdfast-asks/);
    expect(saved[training + 1]?.source).toContain('trainer.train()');
    // Put down while nobody looked: it is not obeyed later.
    await writeFile(join(folder, WATCH_FOLDER, WATCH_REQUEST), '{"do": "save", "stop": true}');

    const asked = { ...opened, notebook: withCell };
    await opened.fromKernelMenu('Restart Kernel…');
    await opened.waitUntilReady();
    await opened.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await expect(opened.output(training)).toContainText('Holdfast can be asked for saves now.');
    await opened.start(training + 1);
    await reach(asked, 30);
    await popup.press(/^Save now/);
    await expect(page.getByText(SAVED)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Safe up to step \d+$/);

    await kill(opened, popup);
    await page.getByRole('button', { name: /Run setup and resume/ }).waitFor({ timeout: 60_000 });
    await expect.poll(() => cellBelow(asked)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-\d+"/);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Safe up to step \d+$/, { timeoutMs: 120_000 });
    await popup.press(/^Save now/);
    await expect(page.getByText(SAVED)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Finished, step 300$/, { timeoutMs: 120_000 });
    expect(await ending(asked)).toBe(await uninterruptedEnding(story));
  },
);

test(
  'on a page that takes no cells, the cell is there to be copied, and its user puts it in',
  { tag: '@long' },
  async ({ startServer, folder, browserWithExtension }) => {
    test.setTimeout(300_000);
    const server = await startServer();
    await using line = await openBrokenLine(server.url);
    line.admitOnlyPages();
    const tab = await browserWithExtension.newPage();
    await tab.addInitScript(() => {
      Object.defineProperty(window, 'jupyterapp', { value: undefined, configurable: false });
    });
    await browserWithExtension.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const opened = await openOverLine(story, server, line, folder, browserWithExtension, tab);
    const popup = await refusedAtFirst(opened, browserWithExtension);
    const { page } = popup;
    await popup.press(/^Show the cell$/);
    await popup.press(/^Copy the cell$/);
    await expect(page.getByText('Copied.')).toBeVisible();

    await opened.fromKernelMenu('Restart Kernel…');
    await opened.waitUntilReady();
    await opened.page.bringToFront();
    await opened.select(training);
    for (const key of ['a', 'Enter', 'Control+v', 'Escape']) await opened.page.keyboard.press(key);
    const asked = { ...opened, notebook: withCell };
    await opened.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await expect(opened.output(training)).toContainText('Holdfast can be asked for saves now.');
    await opened.start(training + 1);
    await reach(asked, 10);
    await page.bringToFront();
    await expect(page.getByText(/has run: Save now reaches this kernel by it/)).toBeVisible();
    await popup.press(/^Save now/);
    await expect(page.getByText(SAVED)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Safe up to step \d+$/);
  },
);
