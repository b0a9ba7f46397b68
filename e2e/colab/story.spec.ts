import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';
import { expect, test } from './fixtures.ts';

/** Logged on the step that is resumed from, so that both runs log the same mean: see compare.ts. */
const story = loraStory({ loggingSteps: 50 });
const training = indexOf(story, trainingCell);

test('a run on Colab outlives its kernel', async ({ openColab }) => {
  test.setTimeout(300_000);
  const colab = await openColab({ notebook: story });
  const extension = await colab.browser.extension();
  await extension.recordNotifications();
  await colab.runAllAbove(training, { timeoutMs: 120_000 });
  const popup = popupPage(await colab.browser.openPopup(colab.page));
  await colab.page.bringToFront();
  await colab.start(training);
  await colab.waitForStep(training, 450);
  expect(await extension.badgeText(colab.page)).toMatch(/^\d+%$/);

  await colab.standIn.kernelCrash();
  await expect.poll(() => extension.badgeText(colab.page)).toBe('!');
  await popup.says(/^Stopped at step 4[4-9]\d$/);
  await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
  const inserted = (await colab.save())[training + 1];
  expect(inserted?.source.split('\n')).toEqual([
    expect.stringMatching(/^# Holdfast put this cell here: it resumes the run from checkpoint-400\./),
    'trainer_stats = trainer.train(resume_from_checkpoint="outputs/checkpoint-400")',
  ]);
  await popup.press(/Run setup and resume/);
  await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
  expect(await extension.badgeText(colab.page)).toBe('');
  const last = 'outputs/checkpoint-600';
  const resumed = await digestCheckpoint(join(colab.standIn.contentDir(), last));
  const reference = await digestCheckpoint(join(await uninterruptedRun(story), last));
  expect(resumed, 'weights, optimizer and loss').toEqual(reference);
  await expect
    .poll(async () => (await extension.recordedNotifications()).map(({ title }) => title))
    .toEqual(['The kernel died: story.ipynb', 'Finished: story.ipynb']);
});
