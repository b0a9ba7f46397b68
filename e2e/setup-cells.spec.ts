import { expect, test } from './fixtures.ts';
import { code, notebook, type Notebook } from './notebooks/notebook.ts';
import { loraStory, pacedStory, trainingCell } from './notebooks/lora-story.ts';
import { kill, reach, train } from './training.ts';

/** The story with one more cell above the training cell. */
const storyWith = (id: string, source: string): Notebook => {
  const { cells } = loraStory(pacedStory);
  const at = cells.findIndex((cell) => cell.id === trainingCell);
  return notebook(...cells.slice(0, at), code(id, source), ...cells.slice(at));
};

test(
  'the first setup cell that fails stops the recovery, and its error is shown',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const book = storyWith(
      'once',
      "import os\nif os.path.exists('ran-before'):\n    raise RuntimeError('the disk is not mounted')\nopen('ran-before', 'w').close()",
    );
    const story = await open(book);
    const popup = await train(story, browserWithExtension);
    await reach(story, 70);
    await kill(story, popup);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Setup cell 6 of 6 failed$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText('RuntimeError: the disk is not mounted')).toBeVisible();
    await expect(popup.page.getByText(/Nothing after it was run\./)).toBeVisible();
    const training = book.cells.findIndex(({ id }) => id === trainingCell);
    await expect(story.cell(training + 1).locator('.jp-InputPrompt')).toHaveText('[ ]:');
  },
);

test(
  'a setup cell that is not ticked is not run',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const book = storyWith('mark', "open('marks', 'a').write('x'); print(open('marks').read())");
    const story = await open(book);
    const popup = await train(story, browserWithExtension);
    await reach(story, 70);
    await kill(story, popup);
    await popup.page.getByRole('checkbox', { name: /open\('marks'/ }).uncheck();
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    const mark = book.cells.findIndex(({ id }) => id === 'mark');
    await expect(story.output(mark)).toHaveText('x');
  },
);
