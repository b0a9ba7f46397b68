import { join } from 'node:path';
import { popupPage } from './extension/popup-page.ts';
import { expect, test } from './fixtures.ts';
import { digestCheckpoint } from './notebooks/compare.ts';
import { loraStory, trainingCell } from './notebooks/lora-story.ts';
import { indexOf } from './notebooks/notebook.ts';
import { uninterruptedRun } from './notebooks/uninterrupted.ts';

const story = loraStory();
const training = indexOf(story, trainingCell);

for (const frontEnd of ['lab', 'notebook'] as const) {
  test(
    `a run outlives its kernel: ${frontEnd}`,
    { tag: frontEnd === 'lab' ? [] : ['@long'] },
    async ({ open, browserWithExtension }) => {
      const notebook = await open(story, { frontEnd });
      const extension = await browserWithExtension.extension();
      await extension.recordNotifications();
      await notebook.runAllAbove(training, { timeoutMs: 120_000 });
      const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
      await notebook.page.bringToFront();
      await notebook.start(training);
      await notebook.waitForStep(training, 450);
      expect(await extension.badgeText(notebook.page)).toMatch(/^\d+%$/);

      await notebook.server.killKernel(await notebook.kernelId());
      await expect.poll(() => extension.badgeText(notebook.page)).toBe('!');
      await expect.poll(() => extension.recordedNotifications()).toHaveLength(1);
      const [notification] = await extension.recordedNotifications();
      expect(notification?.title).toBe('The kernel died: story.ipynb');
      expect(notification?.message).toMatch(/^Stopped at step 4[4-9]\d\. Safe: checkpoint-400\.$/);

      await popup.says(/^Stopped at step 4[4-9]\d$/);
      await notebook.dismissKernelRestarting();
      await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
      const inserted = (await notebook.save())[training + 1];
      expect(inserted?.source.split('\n')).toEqual([
        expect.stringMatching(/^# Holdfast put this cell here: it resumes the run from checkpoint-400\./),
        'trainer_stats = trainer.train(resume_from_checkpoint="outputs/checkpoint-400")',
      ]);

      await popup.press(/Run setup and resume/);
      await popup.says(/^Finished, step 600$/, { timeoutMs: 120_000 });
      expect(await extension.badgeText(notebook.page)).toBe('');
      const resumed = await digestCheckpoint(join(notebook.folder, 'outputs/checkpoint-600'));
      const reference = join(await uninterruptedRun(story), 'outputs/checkpoint-600');
      expect(resumed, 'weights and optimizer, byte for byte').toMatchObject(
        withoutLoss(await digestCheckpoint(reference)),
      );
    },
  );
}

/** The logged loss is a mean since the log before, which a resumed run begins anew: see compare.ts. */
const withoutLoss = ({
  globalStep,
  adapterSha256,
  optimizerSha256,
}: Awaited<ReturnType<typeof digestCheckpoint>>) => ({
  globalStep,
  adapterSha256,
  optimizerSha256,
});

test(
  'a kernel that dies before the first checkpoint leaves nothing to resume from, and that is said',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    await notebook.runAllAbove(training, { timeoutMs: 120_000 });
    const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
    await notebook.page.bringToFront();
    await notebook.start(training);
    await notebook.waitForStep(training, 20);
    await notebook.server.killKernel(await notebook.kernelId());
    await popup.says(/^Stopped at step \d+$/);
    await expect(popup.page.getByText(/Nothing was saved|nothing to resume/i).first()).toBeVisible();
    await notebook.dismissKernelRestarting();
    expect((await notebook.save()).map(({ id }) => id)).toEqual(story.cells.map(({ id }) => id));
  },
);
