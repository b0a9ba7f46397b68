import { expect, test } from '../fixtures.ts';
import { wrappedKernel } from '../jupyter/server-configuration.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { reach, train } from '../training.ts';

const plain = loraStory({ maxSteps: 2000, saveSteps: 100, sequenceLength: 16, pause: 0.1 });
const story = { ...plain, metadata: { ...plain.metadata, kernelspec: wrappedKernel } };

test(
  'a kernel that outlives its server and writes on is told, before a second run is started into its folder',
  { tag: '@long' },
  async ({ open, browserWithExtension }, testInfo) => {
    test.setTimeout(300_000);
    const notebook = await open(story, { wrappedKernels: true });
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 110);
    await popup.says(/^Safe up to step 100$/);
    const orphan = await notebook.kernelId();
    await notebook.server.kill9();
    await popup.says(/^No answer from the server$/);
    await notebook.server.restart();
    await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
    await notebook.page.reload();
    await notebook.waitUntilReady();
    await popup.says(/^The old run may still go on$/, { timeoutMs: 90_000 });
    await expect(
      popup.page.getByText(
        /checkpoint-\d+ has appeared since: the old kernel, or a script it started, still writes into this folder\./,
      ),
    ).toBeVisible();
    await testInfo.attach('orphan.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });

    await notebook.server.killKernel(orphan);
    await popup.press(/^(Run setup and resume|Recover from)/);
    await expect(popup.page.getByText(/^Resumed at step \d+/)).toBeVisible({ timeout: 120_000 });
  },
);
