import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldfastBrowser } from './extension/browser.ts';
import { popupPage, type PopupPage } from './extension/popup-page.ts';
import { expect, test, type OpenNotebook } from './fixtures.ts';
import { loraStory, pacedStory, trainingCell } from './notebooks/lora-story.ts';
import { code, indexOf, notebook as bookOf } from './notebooks/notebook.ts';
import { kill } from './training.ts';

/** 60 steps, and the first save would come at 500. */
const story = loraStory({ maxSteps: 60, saveSteps: 500, sequenceLength: 16 });
const training = indexOf(story, trainingCell);

const open = async (notebook: OpenNotebook, browser: HoldfastBrowser): Promise<PopupPage> => {
  const popup = popupPage(await browser.openPopup(notebook.page));
  await popup.press(/^Change how it saves$/);
  return popup;
};

const checkpointsIn = async (folder: string): Promise<readonly number[]> =>
  (await readdir(join(folder, 'outputs')))
    .map((name) => Number(/^checkpoint-(\d+)$/.exec(name)?.[1] ?? NaN))
    .filter(Number.isFinite)
    .toSorted((one, other) => one - other);

test(
  'one click puts a cell above the training cell, and the run saves and keeps what the popup said',
  { tag: '@long' },
  async ({ open: openBook, browserWithExtension }) => {
    const notebook = await openBook(story);
    const popup = await open(notebook, browserWithExtension);
    await popup.says(/before the end/);
    await expect(popup.page.getByText('At 5, 10 … 60. Keeps the last 5.')).toBeVisible();
    await popup.press(/^Apply: The runtime is unstable$/);
    await expect(popup.page.getByText(/Run it, then the training cell\.$/)).toBeVisible();
    await popup.says(/every 5 steps/);

    const saved = await notebook.save();
    expect(saved.map(({ id }) => id).toSpliced(training, 1)).toEqual(story.cells.map(({ id }) => id));
    expect(saved[training]?.source).toContain('trainer.args.save_steps = 5\n');
    await expect(notebook.output(training), 'it is not run by itself').toBeEmpty();

    await notebook.page.bringToFront();
    await notebook.run(training);
    await expect(notebook.output(training)).toContainText('nothing was changed. trainer is not there yet');
    await notebook.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await expect(notebook.output(training)).toContainText('it will save every 5 steps. It keeps 5.');
    await expect(popup.page.getByRole('button', { name: /^How it saves is set\. / })).toBeVisible();
    await notebook.run(training + 1, { timeoutMs: 120_000 });

    await popup.says(/^Finished, step 60$/);
    await expect(
      popup.page.getByText(/^On the machine: 5 checkpoints, .* How much is free there is not known\.$/),
    ).toBeVisible();
    expect(await checkpointsIn(notebook.folder)).toEqual([40, 45, 50, 55, 60]);
    const printed = (await notebook.output(training + 1).innerText()).matchAll(
      /Saving model checkpoint to outputs\/checkpoint-(\d+)/g,
    );
    expect([...printed].map(([, step]) => Number(step))).toEqual([
      5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60,
    ]);
  },
);

test(
  'the best is measured, kept and loaded; another choice takes the place of the first',
  { tag: '@long' },
  async ({ open: openBook, browserWithExtension }) => {
    const scored = `
scores = iter([1, 5, 2, 3, 4, 4])
trainer = Trainer(
    model=model, args=training_args, train_dataset=train_dataset, eval_dataset=train_dataset[:8],
    compute_metrics=lambda _: {"score": next(scores)},
)
trainer.args.metric_for_best_model = "score"
`;
    const told = 'print("best:", trainer.state.best_model_checkpoint, trainer.state.best_metric)';
    const book = bookOf(
      ...story.cells.map((cell) => {
        if (cell.id === 'trainer') return code('trainer', scored);
        return cell.id === 'after' ? code('after', told) : cell;
      }),
    );
    const notebook = await openBook(book);
    const popup = await open(notebook, browserWithExtension);
    await popup.press(/^Apply: Little disk$/);
    await popup.says(/every 20 steps/);
    await popup.press(/^Apply: Keep the best$/);
    await popup.says(/every 10 steps/);
    const saved = await notebook.save();
    expect(saved, 'the same cell').toHaveLength(book.cells.length + 1);
    await notebook.page.bringToFront();
    await notebook.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await expect(notebook.output(training)).toContainText('load the best one by score at the end');
    await notebook.run(training + 1, { timeoutMs: 120_000 });
    await notebook.run(training + 2);
    await expect(notebook.output(training + 2)).toContainText(/best: outputs\/checkpoint-20 5/);
    expect(await checkpointsIn(notebook.folder)).toEqual([20, 50, 60]);
    await popup.says(/^Finished, step 60$/);
  },
);

test(
  'Undo takes the cell away, but not once somebody has written in it',
  { tag: '@long' },
  async ({ open: openBook, browserWithExtension }) => {
    const notebook = await openBook(story);
    const popup = await open(notebook, browserWithExtension);
    await popup.press(/^Apply: The usual way$/);
    await popup.press(/^Undo: The usual way$/);
    await expect(popup.page.getByRole('button', { name: /^Change how it saves$/ })).toBeVisible();
    await popup.says(/before the end/);
    expect((await notebook.save()).map(({ id }) => id)).toEqual(story.cells.map(({ id }) => id));

    await popup.press(/^Apply: The usual way$/);
    await expect(popup.page.getByRole('button', { name: /^Undo: The usual way$/ })).toBeVisible();
    await notebook.page.bringToFront();
    await notebook.select(training);
    await notebook.page.keyboard.press('Enter');
    await notebook.page.keyboard.type('# mine now');
    await notebook.page.keyboard.press('Escape');
    await popup.page.getByRole('button', { name: /^Undo: The usual way$/ }).click();
    await expect(popup.page.getByText(/^The inserted cell was edited, so it was left alone/)).toBeVisible();
    expect((await notebook.save())[training]?.source).toContain('# mine now');
  },
);

test(
  'a trainer that is made in the training cell gets its arguments as text, and nothing is put in',
  { tag: '@long' },
  async ({ open: openBook, browserWithExtension }) => {
    const book = bookOf(
      ...story.cells.filter(({ id }) => id !== 'trainer' && id !== trainingCell && id !== 'after'),
      code(
        trainingCell,
        'trainer = Trainer(model=model, args=training_args, train_dataset=train_dataset)\ntrainer.train()',
      ),
    );
    const notebook = await openBook(book);
    const popup = await open(notebook, browserWithExtension);
    await expect(popup.page.getByText(/Copy the arguments into TrainingArguments\(…\)/)).toBeVisible();
    await popup.press(/^Show: The usual way$/);
    await expect(popup.page.getByRole('region', { name: 'Text to copy' })).toHaveText(
      'save_strategy="steps",\nsave_steps=10,\nsave_total_limit=3,',
    );
    expect((await notebook.save()).map(({ id }) => id)).toEqual(book.cells.map(({ id }) => id));
  },
);

test(
  'a run that is recovered saves as it was set to: the cell is run again with the setup',
  { tag: '@long' },
  async ({ open: openBook, browserWithExtension }) => {
    test.setTimeout(240_000);
    const notebook = await openBook(loraStory({ ...pacedStory, saveSteps: 500 }));
    const popup = await open(notebook, browserWithExtension);
    await popup.press(/^Apply: The runtime is unstable$/);
    await popup.says(/every 30 steps/);
    await notebook.page.bringToFront();
    await notebook.runAllAbove(training + 1, { timeoutMs: 120_000 });
    await notebook.start(training + 1);
    await notebook.waitForStep(training + 1, 130);
    await kill(notebook, popup);
    await popup.press(/Run setup and resume/);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
    expect(await checkpointsIn(notebook.folder)).toEqual([300, 330, 360, 390, 400]);
  },
);
