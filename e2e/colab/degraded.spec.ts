import { popupPage } from '../extension/popup-page.ts';
import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const story = loraStory({ ...pacedStory, maxSteps: 200, saveSteps: 50 });
const training = indexOf(story, trainingCell);

test('without the page’s objects the kernel is still heard, and the popup says what is missing', async ({
  openColab,
}) => {
  const colab = await openColab({ notebook: story, pageObjects: 'gone' });
  const { popup } = await trainOnColab(colab);
  await colab.waitForStep(training, 60);
  await expect(popup.page.getByText(/of 200/).first()).toBeVisible();
  await expect(
    popup.page.getByText(/^This page shows only part of itself: steps are read, but/),
  ).toBeVisible();
  await colab.standIn.kernelCrash();
  await popup.says(/^Stopped at step \d+$/);
  await expect(popup.page.getByText(/What was saved is not known/)).toBeVisible();
  expect((await colab.save()).map(({ id }) => id)).toEqual(story.cells.map(({ id }) => id));
});

test(
  'with neither socket nor output frames a run is followed by its cell and its folder',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: story, kernelSocket: 'hidden', outputFramesBlocked: true });
    const { popup } = await trainOnColab(colab);
    await popup.says(/^Finished, step 200$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText('checkpoint-200')).toBeVisible();
  },
);

test(
  'an error that only an output frame shows has its name in the popup',
  { tag: '@long' },
  async ({ openColab }) => {
    const failing = loraStory({ ...pacedStory, maxSteps: 200, saveSteps: 50 });
    const cells = failing.cells.map((cell) =>
      cell.id === trainingCell
        ? { ...cell, source: 'trainer.train()\nraise RuntimeError("the disk is full")' }
        : cell,
    );
    const colab = await openColab({ notebook: { ...failing, cells }, kernelSocket: 'hidden' });
    const { popup } = await trainOnColab(colab);
    await popup.says(/^An error stopped it at step \d+$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText('RuntimeError: the disk is full')).toBeVisible();
  },
);

test(
  'the health page names the ways in use and the ones that are not there',
  { tag: '@long' },
  async ({ openColab }) => {
    const colab = await openColab({ notebook: story, kernelSocket: 'hidden', insert: 'toolbar' });
    await colab.run(1);
    const popup = popupPage(await colab.browser.openPopup(colab.page));
    const opened = colab.browser.context.waitForEvent('page');
    await popup.press(/^Settings and more$/);
    await popup.press(/^Health check/);
    const health = await opened;
    const row = (name: RegExp) => health.getByRole('row', { name });
    await expect(row(/^Insert a cell toolbar tool layer: not there; insertCell: not there$/)).toBeVisible();
    await expect(row(/^Read outputs page and output frames kernel socket: not there$/)).toBeVisible();
    await expect(row(/^Put files back runtime proxy$/)).toBeVisible();
  },
);
