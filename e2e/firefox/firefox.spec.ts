import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, test } from '../fixtures.ts';
import { otherHost } from '../jupyter/server-configuration.ts';
import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { until } from '../until.ts';
import { launchFirefox } from './firefox.ts';
import { runNotebook } from './run-notebook.ts';

const story = loraStory(pacedStory);
const training = indexOf(story, trainingCell);

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

test('Firefox: a real run is seen, lost with its kernel, and resumed by the cell that is inserted', async ({
  folder,
  startServer,
}) => {
  const server = await startServer({ auth: 'password' });
  await using firefox = await launchFirefox();
  const page = await runNotebook(firefox, server, folder, story);

  const popup = await firefox.openPopup(page);
  expect(await popup.title()).toBe('Holdfast');
  await page.bringToFront();
  await expect
    .poll(() => textOf(popup), { timeout: 90_000, message: 'the checkpoints are read by the login cookie' })
    .toMatch(/Safe up to step \d+/);
  const kernel = await server.rest.kernelOf('story.ipynb');
  await server.killKernel(kernel?.id ?? '');
  await expect.poll(() => textOf(popup), { timeout: 60_000 }).toMatch(/Stopped at step \d+/);
  await page.locator('.jp-Dialog-button ::-p-text(Ok)').click();
  await expect.poll(() => textOf(popup), { timeout: 60_000 }).toContain('Run setup and resume');

  await page.keyboard.down('Control');
  await page.keyboard.press('s');
  await page.keyboard.up('Control');
  const inserted = await until('the notebook to be saved with the inserted cell', async () => {
    const cells = await server.rest.savedCells('story.ipynb');
    return cells.length === story.cells.length + 1 && cells[training + 1];
  });
  expect(inserted.source).toMatch(
    /^# Holdfast put this cell here: .*\ntrainer_stats = trainer\.train\(resume_from_checkpoint="outputs\/checkpoint-\d+"\)$/,
  );
  // A tab behind another draws nothing, and a click waits for what stands still on the screen.
  await popup.bringToFront();
  await popup.locator('::-p-text(Run setup and resume)').click();
  await expect.poll(() => textOf(popup), { timeout: 120_000 }).toContain('Finished, step 400');
});

test(
  'Firefox: another site is left alone until it is allowed, then watched',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story));
    const server = await startServer();
    const address = server.notebookUrl('story.ipynb').replace('127.0.0.1', otherHost);
    await using firefox = await launchFirefox();
    const page = await firefox.newPage();
    const opened = async () => {
      await page.goto(address);
      await page.locator('.jp-Notebook-ExecutionIndicator').wait();
    };
    await opened();
    const popupOf = async () => textOf(await firefox.openPopup(page));
    await expect(popupOf(), 'a tab that is not ours has no address').rejects.toThrow(/0 tabs show/);

    expect(await firefox.allowSite(`http://${otherHost}/*`)).toBe(true);
    expect(await popupOf()).toContain('Reload this page once');
    await opened();
    await expect.poll(popupOf).toContain('Plan: saves every 50 steps');
    expect((await firefox.scriptsOnSites()).map((path) => path.replace(/^.*\//, ''))).toEqual([
      'page.iife.js',
      'content.iife.js',
    ]);

    await firefox.takeSiteBack(`http://${otherHost}/*`);
    await expect.poll(() => firefox.scriptsOnSites()).toEqual([]);
  },
);
