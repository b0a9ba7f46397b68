import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PopupPage } from '../extension/popup-page.ts';
import { expect, test, type OpenNotebook } from '../fixtures.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { code } from '../notebooks/notebook.ts';
import { kill, reach, train } from '../training.ts';

const plain = loraStory({ maxSteps: 150, saveSteps: 75, pause: 0.15 });
/** A setup cell that takes as long as its file says. */
const slow = code('slow', 'import time\ntime.sleep(float(open("seconds.txt").read()))');
const story = { ...plain, cells: plain.cells.toSpliced(1, 0, slow) };

/** The kernel is gone, and the recovery has come to the slow setup cell. */
const toSlowCell = async (
  notebook: OpenNotebook,
  popup: PopupPage,
  folder: string,
  seconds: number,
): Promise<void> => {
  await popup.says(/^Safe up to step 75$/, { timeoutMs: 60_000 });
  await reach(notebook, 90);
  await notebook.save();
  await kill(notebook, popup);
  await writeFile(join(folder, 'seconds.txt'), String(seconds));
  await popup.press(/^Run setup and resume/);
  await popup.says(/^Running setup, cell 1 of \d$/);
};

test(
  'a page that is loaded anew while a setup cell runs hears its end, and the recovery goes on',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    await writeFile(join(folder, 'seconds.txt'), '0');
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await toSlowCell(notebook, popup, folder, 25);
    await notebook.page.reload();
    await expect(popup.page.getByText(/^It is not known whether this cell has ended/)).toBeVisible();
    await expect(popup.page.getByRole('button', { name: /^Run again/ })).toBeVisible();
    await popup.says(/^Running setup, cell 2 of \d$/, { timeoutMs: 60_000 });
    await popup.says(/^Finished, step 150$/, { timeoutMs: 120_000 });
  },
);

test(
  'a setup cell that ended while no page was there is not said to have ended well',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    await writeFile(join(folder, 'seconds.txt'), '0');
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await toSlowCell(notebook, popup, folder, 4);
    const address = notebook.page.url();
    await notebook.page.goto('about:blank');
    await expect
      .poll(async () => (await notebook.server.rest.kernelOf('story.ipynb'))?.execution_state, {
        timeout: 60_000,
      })
      .toBe('idle');
    await notebook.page.goto(address);
    await popup.says(/^It is not known how setup cell 1 of \d ended$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText(/^The cell has ended while the page was not there/)).toBeVisible();
    await popup.press(/^Go on after/);
    await popup.says(/^Finished, step 150$/, { timeoutMs: 120_000 });
  },
);
