import { uninterruptedEnding } from '../notebooks/frameworks/ending.ts';
import { trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { unsavingStory } from '../notebooks/unsaving-story.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const story = unsavingStory();
const training = indexOf(story, trainingCell);
const after = indexOf(story, 'after');
const ENDING = /epoch \d+, weights [0-9a-f]+/;

test(
  'on Colab, too, a run that saves nothing is saved by a click, killed, resumed, and ends as one that nothing happened to',
  { tag: '@long' },
  async ({ openColab }) => {
    test.setTimeout(300_000);
    const colab = await openColab({ notebook: story });
    const { popup } = await trainOnColab(colab, training);
    await colab.waitForStep(training, 60);
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Safe up to step \d+$/);

    await colab.standIn.kernelCrash();
    await popup.says(/^Stopped at step \d+$/, { timeoutMs: 60_000 });
    await expect
      .poll(async () => (await colab.save())[training + 1]?.source ?? '', { timeout: 60_000 })
      .toMatch(/resume_from_checkpoint="outputs\/checkpoint-\d+"/);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 300$/, { timeoutMs: 120_000 });
    await colab.page.bringToFront();
    await colab.run(after + 1);
    const ended = ENDING.exec(await colab.output(after + 1))?.[0];
    expect(ended).toBe(await uninterruptedEnding(story));
  },
);

test(
  'where its proxy opens no socket for others than the page, a cell takes the wish as a file',
  { tag: '@long' },
  async ({ openColab }) => {
    test.setTimeout(300_000);
    const colab = await openColab({ notebook: story, foreignSockets: 'refused' });
    const { popup } = await trainOnColab(colab, training);
    await colab.waitForStep(training, 10);
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(
      popup.page.getByText(/^Not saved: something between here and the kernel refuses/),
    ).toBeVisible({
      timeout: 60_000,
    });
    await popup.press(/^Put the cell in$/);
    await expect(popup.page.getByText(/stands above the training cell\. Run it/)).toBeVisible();
    await colab.page.bringToFront();
    await colab.fromRuntimeMenu('interrupt');
    await popup.says(/^Stopped/);
    await colab.run(training);
    expect(await colab.output(training)).toContain('Holdfast can be asked for saves now.');
    await colab.start(training + 1);
    await colab.waitForStep(training + 1, 10);
    await popup.press(/^Save now/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Safe up to step \d+$/);
    await popup.page.getByRole('button', { name: 'More ways to save' }).click();
    await popup.page.getByRole('button', { name: /^Save and stop/ }).click();
    await popup.says(/^Finished, step \d+$/, { timeoutMs: 60_000 });
  },
);
