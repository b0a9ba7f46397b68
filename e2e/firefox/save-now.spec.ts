import { expect, test } from '../fixtures.ts';
import { unsavingStory } from '../notebooks/unsaving-story.ts';
import { launchFirefox } from './firefox.ts';
import { runNotebook } from './run-notebook.ts';

test(
  'Firefox: a run that saves nothing is saved by a click, with a login by cookie',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    const server = await startServer({ auth: 'password' });
    await using firefox = await launchFirefox();
    const page = await runNotebook(firefox, server, folder, unsavingStory());
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
