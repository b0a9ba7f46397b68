import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, type HoldfastBrowser } from '../extension/browser.ts';
import { popupPage } from '../extension/popup-page.ts';
import { expect, test as base } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { cellBelow, reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

/** A profile that outlives its browser. */
const test = base.extend<{ readonly profile: string; readonly browserWithExtension: HoldfastBrowser }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
    await use(profile);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
  browserWithExtension: async ({ profile }, use) => {
    const browser = await launchBrowser({ profile });
    await use(browser);
    await browser.kill();
  },
});

test(
  'the machine is gone and the browser is killed: opened again, it offers the same plan, and one click runs it to its end',
  { tag: '@long' },
  async ({ open, browserWithExtension, profile }, testInfo) => {
    test.setTimeout(300_000);
    const notebook = await open(loraStory({ pause: 0.04 }));
    const before = await train(notebook, browserWithExtension);
    await keepUpTo(before, 400);
    await reach(notebook, 450);
    await notebook.save();
    await replaceMachine(notebook);
    await notebook.page.reload();
    await notebook.waitUntilReady();
    await before.says(/^Gone, last seen at step 4[4-9]\d$/, { timeoutMs: 60_000 });
    await expect(before.page.getByText(/Put checkpoint-400 back on the disk/)).toBeVisible();
    const offered = await before.page.getByRole('list').allInnerTexts();
    expect(offered.join('\n')).toMatch(/Put checkpoint-400 back on the disk/);
    await browserWithExtension.kill();

    await using second = await launchBrowser({ profile });
    const page = await openNotebook(await second.newPage(), notebook.server, notebook.path);
    const popup = popupPage(await second.openPopup(page.page));
    await popup.says(/^Gone, last seen at step 4[4-9]\d$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText(/Put checkpoint-400 back on the disk/)).toBeVisible();
    await expect.poll(() => popup.page.getByRole('list').allInnerTexts()).toEqual(offered);
    await testInfo.attach('plan.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    await popup.press(/^Recover from checkpoint-400/);
    await expect(popup.page.getByText(/^Resumed at step 40\d/)).toBeVisible({ timeout: 120_000 });
    await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
    expect(await cellBelow({ ...page, notebook: notebook.notebook })).toMatch(
      /resume_from_checkpoint="outputs\/checkpoint-400"/,
    );
    await expectUninterrupted(join(notebook.folder, 'outputs/checkpoint-600'));
  },
);
