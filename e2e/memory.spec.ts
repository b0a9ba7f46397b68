import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canHaveOwnMemory, ownMemoryNeeds } from '../src/runtime/own-memory.ts';
import { expect, test } from './fixtures.ts';
import { openNotebook } from './jupyter/notebook-page.ts';
import { fillingStory } from './notebooks/filling-story.ts';
import { train } from './training.ts';

const MB = 1024 ** 2;
/** Asked once a minute. */
const NOTICED_MS = 100_000;

test(
  'memory that fills up is said while the run goes on, its save stands beside it, and it is gone when there is room',
  { tag: '@long' },
  async ({ folder, startServer, browserWithExtension }, testInfo) => {
    test.skip(!canHaveOwnMemory(), ownMemoryNeeds);
    test.setTimeout(420_000);
    const story = fillingStory(folder);
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story, undefined, 1));
    const server = await startServer({ rootDir: '/', memoryBytes: 1200 * MB });
    const path = `${folder.slice(1)}/story.ipynb`;
    const opened = await openNotebook(await browserWithExtension.newPage(), server, path);
    const popup = await train({ ...opened, notebook: story }, browserWithExtension);
    const warning = popup.page.getByText(/^Memory is (?:nearly full|filling up): /);
    await expect(warning).toBeVisible({ timeout: NOTICED_MS });
    await expect(popup.page.getByText('A kernel that runs out dies without a word.')).toBeVisible();
    await expect(popup.page.getByText(/ of 1\.2 GB\./)).toBeVisible();
    await testInfo.attach('full.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    const state = async () => (await server.rest.kernelOf(path))?.execution_state;
    expect(await state(), 'it was not asked').toBe('busy');
    await popup.press(/^Save now/);
    await popup.press(/^Yes, save now$/);
    await expect(popup.page.getByText(/^Saved by you at step \d+: /)).toBeVisible({ timeout: 60_000 });

    await writeFile(join(folder, 'let-go'), '');
    await expect(warning).toBeHidden({ timeout: NOTICED_MS });
    expect(await state()).toBe('busy');
    await writeFile(join(folder, 'end'), '');
    await popup.says(/^Finished/, { timeoutMs: 60_000 });
  },
);
