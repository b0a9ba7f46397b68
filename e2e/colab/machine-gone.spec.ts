import { join } from 'node:path';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';
import { keepUpTo } from '../recovery/lost-machine.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

/** Slow enough for the looks at the folder, which are ten seconds apart on Colab; logged on the step that is resumed from. */
const changes = { maxSteps: 400, saveSteps: 100, sequenceLength: 16, loggingSteps: 50 };
const story = loraStory({ ...changes, pause: 0.15 });
const training = indexOf(story, trainingCell);

for (const files of ['proxy', 'tunnel'] as const)
  test(
    `Colab, files by its ${files}: the machine is taken with its disk, and one click on another one runs it to its end`,
    { tag: '@long' },
    async ({ openColab }, testInfo) => {
      test.setTimeout(300_000);
      const colab = await openColab({ notebook: story, files });
      const { popup } = await trainOnColab(colab);
      await keepUpTo(popup, 200);
      await colab.waitForStep(training, 250);
      await colab.standIn.endServerSide({ looksAliveMs: 0 });
      await popup.says(/^The notebook has no runtime$/);
      colab.standIn.nextConnectGives('new');
      await colab.connect();
      await popup.says(/^Gone, last seen at step \d+$/);
      await expect(popup.page.getByText(/Put checkpoint-200 back on the disk/)).toBeVisible();
      await testInfo.attach('plan.png', {
        body: await popup.page.screenshot({ fullPage: true }),
        contentType: 'image/png',
      });

      await popup.press(/^Recover from checkpoint-200/);
      await expect(popup.page.getByText(/^Resumed at step 20\d/)).toBeVisible({ timeout: 120_000 });
      await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
      const last = 'outputs/checkpoint-400';
      const resumed = await digestCheckpoint(join(colab.standIn.contentDir(), last));
      const reference = await digestCheckpoint(join(await uninterruptedRun(loraStory(changes)), last));
      expect(resumed, 'weights, optimizer and loss').toEqual(reference);
    },
  );
