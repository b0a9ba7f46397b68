import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canHaveOwnMemory, ownMemoryNeeds } from '../../src/runtime/own-memory.ts';
import { fillingStory } from '../notebooks/filling-story.ts';
import { trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const MB = 1024 ** 2;
/** Asked once a minute. */
const NOTICED_MS = 100_000;

test(
  'on Colab memory that fills up is said in time, by what its own route tells, and Save now beside it saves the run',
  { tag: '@long' },
  async ({ openColab }) => {
    test.skip(!canHaveOwnMemory(), ownMemoryNeeds);
    test.setTimeout(420_000);
    const story = fillingStory('.');
    const colab = await openColab({ notebook: story, memoryBytes: 1200 * MB });
    const { popup, notifications } = await trainOnColab(colab, indexOf(story, trainingCell));
    const content = colab.standIn.contentDir();
    const warning = popup.page.getByText(/^Memory is (?:nearly full|filling up): /);
    await expect(warning).toBeVisible({ timeout: NOTICED_MS });
    await expect(popup.page.getByText(/ of 1\.2 GB\./)).toBeVisible();
    await expect
      .poll(async () => (await notifications()).map(({ title }) => title))
      .toEqual([expect.stringMatching(/story\.ipynb$/)]);
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });

    await writeFile(join(content, 'let-go'), '');
    await expect(warning).toBeHidden({ timeout: NOTICED_MS });
    await writeFile(join(content, 'end'), '');
    await popup.says(/^Finished/, { timeoutMs: 60_000 });
  },
);
