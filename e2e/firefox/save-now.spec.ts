import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { unsavingStory } from '../notebooks/unsaving-story.ts';
import { launchFirefox } from './firefox.ts';

test(
  'Firefox: a run that saves nothing is saved by a click, with a login by cookie',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(unsavingStory()));
    const server = await startServer({ auth: 'password' });
    await using firefox = await launchFirefox();
    const page = await firefox.newPage();
    await page.goto(server.notebookUrl('story.ipynb'));
    await page.locator('input[type="password"]').fill(server.password);
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await server.rest.kernelOf('story.ipynb'))?.execution_state, { timeout: 60_000 })
      .toBe('idle');
    await page.locator('.lm-MenuBar-item ::-p-text(Run)').click();
    await page.locator('.lm-Menu-item ::-p-text(Run All Cells)').click();
    const popup = await firefox.openPopup(page);
    const shown = (): Promise<string> => popup.evaluate(() => document.body.innerText);
    await page.bringToFront();
    await expect.poll(shown, { timeout: 90_000 }).toMatch(/\d+ of 300/);
    // A tab behind another draws nothing, and a click waits for what stands still on the screen.
    await popup.bringToFront();
    await popup.locator('::-p-text(Save now)').click();
    await popup.locator('::-p-text(Yes, save now)').click();
    await expect.poll(shown, { timeout: 60_000 }).toMatch(/Saved by you at step \d+: /);
    await expect.poll(shown, { timeout: 60_000 }).toMatch(/Safe up to step \d+/);
  },
);
