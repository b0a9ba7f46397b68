import { expect, test, type OpenNotebook } from './fixtures.ts';
import type { PopupPage } from './extension/popup-page.ts';
import { loraStory, pacedStory, trainingCell } from './notebooks/lora-story.ts';
import { indexOf, markdown, notebook as bookOf } from './notebooks/notebook.ts';
import { cellBelow, kill, reach, train } from './training.ts';

const story = loraStory(pacedStory);
const resumeCall = /resume_from_checkpoint="outputs\/checkpoint-(\d+)"/;

const resumeCells = async (notebook: OpenNotebook): Promise<readonly string[]> =>
  (await notebook.save()).map(({ source }) => source).filter((source) => resumeCall.test(source));

const changeSetting = async (popup: PopupPage, label: string, on: boolean): Promise<void> => {
  await popup.press(/^Settings and more$/);
  await popup.page.getByLabel(label).click();
  await expect(popup.page.getByLabel(label)).toBeChecked({ checked: on });
  await popup.page.keyboard.press('Escape');
};

declare const chrome: { readonly runtime: { sendMessage(message: unknown): Promise<unknown> } };

test(
  'with automatic insertion off nothing is inserted before a click, and two clicks make one cell',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await changeSetting(popup, 'Insert the resume cell when a kernel is back', false);
    await reach(notebook, 70);
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /^Recover from checkpoint-\d+/ })).toBeVisible();
    expect(await resumeCells(notebook)).toEqual([]);

    const notebookId = `${new URL(notebook.page.url()).origin}/story.ipynb`;
    const replies = await popup.page.evaluate(async (id) => {
      const tabId = Number(new URL(location.href).searchParams.get('tab'));
      const message = {
        kind: 'popup-action',
        tabId,
        action: { kind: 'insert-resume-cell', notebookId: id },
      };
      return Promise.all([1, 2, 3].map(() => chrome.runtime.sendMessage(message)));
    }, notebookId);
    expect(replies).toEqual([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }]);
    const saved = await notebook.save();
    expect(saved.filter(({ source }) => resumeCall.test(source))).toHaveLength(1);
    expect(saved[indexOf(story, trainingCell) + 1]?.source).toMatch(resumeCall);
  },
);

test(
  'a second death brings the same cell up to date',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await kill(notebook, popup);
    await popup.press(/Run setup and resume/);
    await notebook.waitForStep(indexOf(story, trainingCell) + 1, 220);
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    const cells = await resumeCells(notebook);
    expect(cells).toHaveLength(1);
    expect(Number(resumeCall.exec(cells[0] ?? '')?.[1])).toBeGreaterThanOrEqual(200);
  },
);

test('set to run by itself, a run goes on without a click', async ({ open, browserWithExtension }) => {
  const notebook = await open(story);
  const popup = await train(notebook, browserWithExtension);
  await changeSetting(popup, 'Also run setup and resume by itself', true);
  await reach(notebook, 70);
  await notebook.server.killKernel(await notebook.kernelId());
  await notebook.dismissKernelRestarting();
  await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  await expect(popup.page.getByText(/Resumed at step \d+\./)).toBeVisible();
  expect(await resumeCells(notebook)).toHaveLength(1);
});

test(
  'a cell that the user has written in is left alone',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    await notebook.select(indexOf(story, trainingCell) + 1);
    await notebook.page.keyboard.press('Enter');
    await notebook.page.keyboard.type('# mine now');
    await notebook.page.keyboard.press('Escape');
    await popup.press(/^Undo/);
    await expect(popup.page.getByText(/The inserted cell was edited, so it was left alone/)).toBeVisible();
    expect((await resumeCells(notebook)).join()).toContain('# mine now');
  },
);

test(
  'far off the screen the cell is one step, which the notebook takes back by its own undo',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notes = Array.from({ length: 30 }, (_, index) =>
      markdown(`note-${index}`, `# Note ${index}\n\n${'text\n\n'.repeat(6)}`),
    );
    const book = bookOf(...story.cells, ...notes);
    const notebook = await open(book);
    const popup = await train(notebook, browserWithExtension);
    await reach(notebook, 70);
    const last = book.cells.length - 1;
    await notebook.select(last);
    await notebook.page.keyboard.press('Enter');
    await notebook.page.keyboard.type('mine ');
    await notebook.page.keyboard.press('Escape');
    await kill(notebook, popup);
    await expect(popup.page.getByRole('button', { name: /Run setup and resume/ })).toBeVisible();
    expect(await cellBelow(notebook)).toMatch(resumeCall);
    const inserted = notebook.cell(indexOf(book, trainingCell) + 1);
    await expect(inserted, 'it is not what is on the screen').not.toBeInViewport();

    await notebook.select(last + 1);
    await notebook.page.keyboard.press('z');
    const saved = await notebook.save();
    expect(saved.map(({ id }) => id)).toEqual(book.cells.map(({ id }) => id));
    expect(saved.at(-1)?.source, 'what the user typed is left alone').toContain('mine ');
  },
);
