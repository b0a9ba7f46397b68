import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';
import { expect, test } from './fixtures.ts';

const story = loraStory();
const training = indexOf(story, trainingCell);

test('a run on Colab outlives its kernel', async ({ openColab }) => {
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
  const { globalStep, adapterSha256 } = await digestCheckpoint(
    join(colab.standIn.contentDir(), 'outputs/checkpoint-600'),
  );
  const reference = await digestCheckpoint(join(await uninterruptedRun(story), 'outputs/checkpoint-600'));
  expect({ globalStep, adapterSha256 }).toEqual({
    globalStep: reference.globalStep,
    adapterSha256: reference.adapterSha256,
  });
  console.log(
    colab.standIn.foreignRequests().length,
    await colab.standIn.clicks(),
    await extension.recordedNotifications(),
  );
});
