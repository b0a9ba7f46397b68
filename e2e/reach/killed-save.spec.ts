import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { unsavingStory } from '../notebooks/unsaving-story.ts';
import { kill, reach, train } from '../training.ts';

/** A step takes so long that the kernel dies in the midst of the one whose end is awaited. */
const story = unsavingStory({ pause: 8 });
const training = indexOf(story, trainingCell);

test(
  'a kernel that dies between the click and the save has saved nothing, and the next run is asked anew',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    test.setTimeout(300_000);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    const { page } = popup;
    await reach(notebook, 1);
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(page.getByText(/^Understood\. It is saved when the step that runs has ended/)).toBeVisible();
    await kill(notebook, popup);
    await expect(page.getByText(/nothing was saved|no checkpoint/i).first()).toBeVisible();
    await expect(page.getByText(/Saved by you|Understood/)).toHaveCount(0);
    const names = await readdir(join(notebook.folder, 'outputs')).catch(() => []);
    expect(names.filter((name) => name.startsWith('checkpoint-'))).toEqual([]);

    await notebook.waitUntilReady();
    await notebook.runAllAbove(training, { timeoutMs: 120_000 });
    await notebook.start(training);
    await reach(notebook, 1);
    await popup.press(/^Save now/);
    await expect(page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });
    await popup.says(/^Safe up to step \d+$/);
  },
);
