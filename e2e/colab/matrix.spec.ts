import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { digestCheckpoint } from '../notebooks/compare.ts';
import { loraStory, trainingCell, type Story } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { uninterruptedRun } from '../notebooks/uninterrupted.ts';
import { until } from '../until.ts';
import { expect, test, type OpenColab } from './fixtures.ts';
import { matrix, nameOf, optionsOf, type MatrixRow } from './matrix.ts';
import { trainOnColab, type ColabTraining } from './training.ts';

/** The story in short: a save every second, a kernel that dies after the third, and an end. */
const short: Partial<Story> = {
  maxSteps: 120,
  saveSteps: 20,
  sequenceLength: 16,
  pause: 0.05,
  loggingSteps: 20,
};
const training = indexOf(loraStory(short), trainingCell);
const lostHeading =
  /^(?:Stopped(?: at step \d+|, step not known)|Gone, (?:last seen at step \d+|step not known))$/;

test('the rows cover every pair of text, insert and files', () => {
  const pairs = (of: (row: MatrixRow) => string) => new Set(matrix.map(of)).size;
  expect(pairs(({ text, insert }) => `${text} ${insert}`)).toBe(12);
  expect(pairs(({ text, files }) => `${text} ${files}`)).toBe(9);
  expect(pairs(({ insert, files }) => `${insert} ${files}`)).toBe(12);
});

const whenSaved = (colab: OpenColab, step: number) =>
  until(`checkpoint-${step}`, () =>
    access(join(colab.standIn.contentDir(), `outputs/checkpoint-${step}/trainer_state.json`)).then(
      () => true,
      () => false,
    ),
  );

const expectSameWeights = async (colab: OpenColab) => {
  const last = 'outputs/checkpoint-120';
  const reference = await digestCheckpoint(join(await uninterruptedRun(loraStory(short)), last));
  expect(await digestCheckpoint(join(colab.standIn.contentDir(), last))).toEqual(reference);
};

/** With files and a way to insert, one click brings the run to its end. */
const expectRecovery = async (colab: OpenColab, { popup }: ColabTraining) => {
  const button = popup.page.getByRole('button', { name: /^Run setup and resume/ });
  await button.waitFor({ timeout: 60_000 });
  const before = colab.standIn.executions().length;
  await expect(colab.cell(training + 1), 'the new cell is in focus').toHaveClass(/focused/);
  const inserted = (await colab.save())[training + 1]?.source ?? '';
  expect(inserted).toMatch(
    /\ntrainer_stats = trainer\.train\(resume_from_checkpoint="outputs\/checkpoint-\d+"\)$/,
  );
  expect(colab.standIn.executions(), 'nothing runs before the click').toHaveLength(before);
  await button.click();
  await popup.says(/^Finished, step 120$/, { timeoutMs: 90_000 });
  await expectSameWeights(colab);
};

/** Where cells cannot be inserted the user takes the text, puts it into a cell of his own, and runs it. */
const expectCopy = async (colab: OpenColab, { popup }: ColabTraining) => {
  const text = popup.page.getByRole('region', { name: 'Text of the resume cell' });
  await expect(text).toHaveText(/resume_from_checkpoint="outputs\/checkpoint-\d+"/, { timeout: 60_000 });
  await expect(popup.page.getByText(/^Cells cannot be put into this page safely/)).toBeVisible();
  const source = await text.innerText();
  await colab.cell(training).locator('xpath=following-sibling::div[1]').locator('.add-code').click();
  await colab.write(training + 1, source);
  await colab.runAllAbove(training, { timeoutMs: 120_000 });
  await colab.start(training + 1);
  await popup.says(/^Finished, step 120$/, { timeoutMs: 90_000 });
  await expectSameWeights(colab);
};

/** Without a way to the files nothing is proven: nothing is claimed, and nothing is inserted. */
const expectHonesty = async (colab: OpenColab, { popup }: ColabTraining) => {
  await expect(popup.page.getByText(/What was saved is not known/)).toBeVisible();
  await expect(popup.page.getByText(/^Files cannot be read on this site/)).toBeVisible();
  await expect(popup.page.getByRole('button', { name: /^Look again/ })).toBeVisible();
  expect((await colab.save()).map(({ id }) => id)).toEqual(loraStory().cells.map(({ id }) => id));
};

for (const row of matrix) {
  test(`the story, ${nameOf(row)}`, { tag: row.everyday ? [] : ['@long'] }, async ({ openColab }) => {
    const story = loraStory({ ...short, progress: row.progress });
    const colab = await openColab({ notebook: story, ...optionsOf(row) });
    const run = await trainOnColab(colab);
    await whenSaved(colab, 60);
    await colab.standIn.kernelCrash();
    await run.popup.says(lostHeading);
    if (row.files === 'none') await expectHonesty(colab, run);
    else if (row.insert === 'none') await expectCopy(colab, run);
    else await expectRecovery(colab, run);
    const clicked = (await colab.standIn.clicks()).filter(({ trusted }) => !trusted);
    expect(
      clicked.map(({ target }) => target),
      'no click of a script, but for the button that adds a cell',
    ).toEqual(row.insert === 'toolbar' && row.files !== 'none' ? ['add-code'] : []);
  });
}
