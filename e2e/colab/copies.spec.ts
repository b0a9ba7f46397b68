import { popupPage } from '../extension/popup-page.ts';
import { popupOf } from '../home/fixtures.ts';
import { trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { savingRun } from '../notebooks/saving-run.ts';
import { expect, test } from './fixtures.ts';

for (const files of ['proxy', 'tunnel'] as const)
  test(
    `Colab, files by its ${files}: one yes, and the newest are here when the machine is gone`,
    { tag: '@long' },
    async ({ openColab }) => {
      test.setTimeout(300_000);
      const book = savingRun({ saves: 4, secondsBetween: 25, megabytes: 8, kept: 4 });
      const colab = await openColab({ notebook: book, files });
      const training = indexOf(book, trainingCell);
      await colab.runAllAbove(training, { timeoutMs: 120_000 });
      const popup = popupPage(await colab.browser.openPopup(colab.page));
      await colab.page.bringToFront();
      await colab.start(training);
      await popup.page.getByRole('button', { name: 'Keep copies' }).click({ timeout: 90_000 });
      await popup.says(/^Finished, step 40$/, { timeoutMs: 150_000 });
      await expect(popup.page.getByText(/^Copy of checkpoint-40 kept/)).toBeVisible({ timeout: 60_000 });
      const { home } = await popupOf(popup.page).view();
      expect(home.copies.map(({ name }) => name)).toEqual(['checkpoint-40', 'checkpoint-30']);
      expect(home.jobs).toEqual([]);
    },
  );
