import { expect, test } from '../fixtures.ts';
import { homePopup } from '../home/home-popup.ts';
import { tabOf } from '../home/fixtures.ts';
import { savingRun } from '../notebooks/saving-run.ts';
import { launchFirefox } from './firefox.ts';
import { runNotebook } from './run-notebook.ts';

declare const browser: { readonly runtime: { sendMessage(message: unknown): Promise<never> } };

test(
  'Firefox: one yes, and copies are kept by themselves with the popup closed',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    const book = savingRun({ saves: 5, secondsBetween: 10, megabytes: 8, kept: 3 });
    const server = await startServer();
    await using firefox = await launchFirefox();
    const page = await runNotebook(firefox, server, folder, book);

    const asked = await firefox.openPopup(page);
    await asked.bringToFront();
    await asked.locator('::-p-text(Keep copies)').setTimeout(90_000).click();
    await expect.poll(() => asked.evaluate(() => document.body.innerText)).not.toContain('Keep copies');
    await asked.close();
    await page.bringToFront();

    const popupPage = await firefox.openPopup(page);
    const popup = homePopup(tabOf(await popupPage.evaluate(() => location.href)), (message) =>
      popupPage.evaluate((sent) => browser.runtime.sendMessage(sent), message),
    );
    await expect.poll(async () => (await popup.view()).state.kind, { timeout: 90_000 }).toBe('finished');
    await expect
      .poll(async () => (await popup.view()).home.copies.map(({ name, state }) => `${name} ${state}`), {
        timeout: 60_000,
      })
      .toEqual(['checkpoint-50 verified', 'checkpoint-40 verified']);
  },
);
