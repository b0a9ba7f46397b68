import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { loraStory, pacedStory } from './notebooks/lora-story.ts';
import { notebook, type Notebook } from './notebooks/notebook.ts';
import { cellBelow, kill, reach, train } from './training.ts';

/** The story with a folder that only Python can tell. */
const storyIn = (outputDir: string, before = ''): Notebook => {
  const { cells } = loraStory({ ...pacedStory, outputDir: 'OUTPUT' });
  return notebook(
    ...cells.map((cell) =>
      cell.cell_type === 'code'
        ? {
            ...cell,
            source: `${cell.id === 'arguments' ? before : ''}${cell.source.replace('"OUTPUT"', outputDir)}`,
          }
        : cell,
    ),
  );
};

/** Where the environment says, and it says nothing. */
const fromEnvironment = (fallback: string): string =>
  `__import__("os").environ.get("OUTPUT_FOR_TESTS", "${fallback}")`;

test(
  'a folder that the source does not tell is asked for, and taken as the file list of the server shows it',
  { tag: '@long' },
  async ({ open, browserWithExtension, folder }) => {
    await mkdir(join(folder, 'work'));
    const notebook = await open(storyIn(fromEnvironment('mine')), { name: 'work/story.ipynb' });
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await popup.says(/^What is saved is not known$/);
    const name = async (path: string) => {
      await popup.page.getByLabel('Folder to watch').fill(path);
      await popup.page.keyboard.press('Enter');
    };
    await name('work/mien');
    await expect(popup.page.getByText(/^No such folder on the server/)).toBeVisible();
    await name('work/mine');
    await popup.says(/^Safe up to step \d+$/);

    await popup.press(/^Settings and more$/);
    await popup.press(/^Watch another folder/);
    await name('work/nowhere');
    await expect(popup.page.getByText(/^No such folder on the server/)).toBeVisible();
    await popup.says(/^Safe up to step \d+$/);
    await popup.page.keyboard.press('Escape');
    await kill(notebook, popup);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="mine\/checkpoint-\d+"/);
  },
);

test(
  'a folder that only the log names is watched',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(
      storyIn(fromEnvironment('logged'), 'import transformers; transformers.logging.set_verbosity_info()\n'),
    );
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 120);
    await popup.says(/^Safe up to step \d+$/);
    await expect(popup.page.getByText('Watching logged, from the log')).toBeVisible();
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="logged\/checkpoint-\d+"/);
  },
);
