import { heapMeter } from '../extension/heap.ts';
import { popupPage } from '../extension/popup-page.ts';
import { longRun } from '../notebooks/long-run.ts';
import { expect, test } from './fixtures.ts';

const STEPS = 50_000;
const MB = 1024 * 1024;

/** Two messages a second with progress, a tick every three, and a few for what happens. */
const MOST_MESSAGES_A_SECOND = 3;

for (const kernelSocket of ['page', 'hidden'] as const) {
  test(
    `50,000 steps leave no trace in memory: kernel socket ${kernelSocket}`,
    { tag: '@long' },
    async ({ openColab }) => {
      test.setTimeout(300_000);
      const colab = await openColab({ notebook: longRun(STEPS), kernelSocket });
      await colab.run(0, { timeoutMs: 60_000 });
      const extension = await colab.browser.extension();
      await extension.countMessages();
      const measure = await heapMeter(colab.browser, colab.page);
      const startedAt = Date.now();
      await colab.start(1);
      // What is allocated once is there after the first fifth.
      await colab.waitForStep(1, STEPS / 5);
      const warm = await measure();
      await colab.waitForStep(1, STEPS - 500);
      const late = await measure();
      const seconds = (Date.now() - startedAt) / 1000;
      const messages = await extension.countedMessages();
      const report = JSON.stringify({ warm, late, seconds, messages });
      expect(messages, report).toBeGreaterThan(10);
      expect(messages, report).toBeLessThan(MOST_MESSAGES_A_SECOND * seconds);
      expect(late.page - warm.page, report).toBeLessThan(MB);
      expect(late.background - warm.background, report).toBeLessThan(MB / 2);
      const popup = popupPage(await colab.browser.openPopup(colab.page));
      await popup.says(/^Finished, step 50000$/, { timeoutMs: 60_000 });
    },
  );
}
