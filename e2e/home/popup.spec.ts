import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { loraStory, pacedStory } from '../notebooks/lora-story.ts';
import { train } from '../training.ts';
import { hashesInZip } from './archive-readers.ts';
import { downloaded, expect, test } from './fixtures.ts';

test(
  'while it trains, checkpoints are chosen and brought home by clicks alone, with the popup closed meanwhile',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    const extension = await browserWithExtension.extension();
    await extension.recordNotifications();
    const notebook = await open(loraStory({ ...pacedStory, maxSteps: 300, saveSteps: 100, pause: 0.06 }));
    const popup = await train(notebook, browserWithExtension);
    await popup.says(/^Safe up to step 200$/);
    await popup.page.getByRole('button', { name: 'Download checkpoint-100' }).click();
    await expect(popup.page.getByText(/^Saved: checkpoint-100\.zip, .* verified$/)).toBeVisible();
    await popup.press(/^Dismiss/);

    await popup.press(/^Choose what to download/);
    await popup.page.getByRole('checkbox', { name: /^checkpoint-100/ }).check();
    await popup.page.getByRole('checkbox', { name: /^checkpoint-200/ }).check();
    await popup.page.getByRole('radio', { name: /^Only what inference needs/ }).check();
    await popup.press(/^Download as one zip/);
    await popup.page.close();
    await expect
      .poll(async () => (await extension.recordedNotifications()).map(({ title }) => title))
      .toContain('Saved: checkpoint-200, checkpoint-100');

    const names = ['checkpoint-100.zip', 'checkpoint-200 and 1 more.zip'];
    expect(await downloaded(folder)).toEqual(names);
    const both = Object.keys(await hashesInZip(join(folder, 'downloads', names[1] ?? '')));
    expect(both).toContain('checkpoint-100/adapter_model.safetensors');
    expect(both).toContain('checkpoint-200/adapter_model.safetensors');
    expect(both.join()).not.toContain('optimizer');

    const again = popupPage(await browserWithExtension.openPopup(notebook.page));
    await expect(again.page.getByText(/^Saved: checkpoint-200 and 1 more\.zip/)).toBeVisible();
  },
);
