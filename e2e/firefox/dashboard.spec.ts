import type { Page } from 'puppeteer-core';
import { expect, test } from '../fixtures.ts';
import { loraStory, pacedStory } from '../notebooks/lora-story.ts';
import { launchFirefox } from './firefox.ts';
import { kernelIdle, runNotebook } from './run-notebook.ts';

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

test(
  'Firefox: a real run is in the history while it trains, and its curve is drawn',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    const server = await startServer();
    await using firefox = await launchFirefox();
    const page = await runNotebook(firefox, server, folder, loraStory({ ...pacedStory, loggingSteps: 10 }));
    const board = await firefox.openExtensionPage('src/dashboard/index.html');
    await expect
      .poll(() => textOf(board), { timeout: 60_000 })
      .toMatch(/story\.ipynb, .*\n(?:.*\n)*training · step/);
    await expect
      .poll(() => board.evaluate(() => document.querySelector('.chart canvas') !== null), { timeout: 60_000 })
      .toBe(true);
    await page.bringToFront();
    await kernelIdle(server);
    await board.bringToFront();
    await expect.poll(() => textOf(board), { timeout: 60_000 }).toMatch(/finished · step 400 of 400/);
  },
);
