import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, test } from '../fixtures.ts';
import { loraStory, pacedStory } from '../notebooks/lora-story.ts';
import { launchFirefox } from './firefox.ts';

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

test(
  'Firefox: a real run is in the history while it trains, and its curve is drawn',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    await writeFile(
      join(folder, 'story.ipynb'),
      JSON.stringify(loraStory({ ...pacedStory, loggingSteps: 10 })),
    );
    const server = await startServer();
    await using firefox = await launchFirefox();
    const page = await firefox.newPage();
    await page.goto(server.notebookUrl('story.ipynb'));
    await expect
      .poll(async () => (await server.rest.kernelOf('story.ipynb'))?.execution_state, { timeout: 60_000 })
      .toBe('idle');
    await page.locator('.lm-MenuBar-item ::-p-text(Run)').click();
    await page.locator('.lm-Menu-item ::-p-text(Run All Cells)').click();
    const board = await firefox.openExtensionPage('src/dashboard/index.html');
    await expect
      .poll(() => textOf(board), { timeout: 60_000 })
      .toMatch(/story\.ipynb, .*\n(?:.*\n)*training · step/);
    await expect
      .poll(() => board.evaluate(() => document.querySelector('.chart canvas') !== null), { timeout: 60_000 })
      .toBe(true);
    await page.bringToFront();
    await expect
      .poll(async () => (await server.rest.kernelOf('story.ipynb'))?.execution_state, { timeout: 60_000 })
      .toBe('idle');
    await board.bringToFront();
    await expect.poll(() => textOf(board), { timeout: 60_000 }).toMatch(/finished · step 400 of 400/);
  },
);
