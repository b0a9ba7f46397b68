import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { popupPage } from './extension/popup-page.ts';
import { expect, test } from './fixtures.ts';
import { loraStory, trainingCell } from './notebooks/lora-story.ts';
import { code, indexOf, type Notebook } from './notebooks/notebook.ts';

/** The same fine-tune with other training arguments. */
const withArguments = (text: string): Notebook => {
  const story = loraStory({ sequenceLength: 16, pause: 0.02 });
  return {
    ...story,
    cells: story.cells.map((cell) =>
      cell.id === 'arguments'
        ? code('arguments', `training_args = TrainingArguments(\n    ${text},\n    report_to="none",\n)`)
        : cell,
    ),
  };
};

const checkpointsIn = async (folder: string): Promise<readonly number[]> => {
  const names = await readdir(join(folder, 'outputs')).catch(() => []);
  return names
    .flatMap((name) => /^checkpoint-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
};

interface PlannedRun {
  readonly name: string;
  readonly text: string;
  readonly heading: RegExp;
  readonly below: RegExp;
  /** Checkpoints in the folder when the run has ended. */
  readonly left: readonly number[];
}

const runs: readonly PlannedRun[] = [
  {
    name: 'a limit of three',
    text: '"outputs", max_steps=60, save_steps=10, save_total_limit=3',
    heading: /^Plan: saves every 10 steps$/,
    below: /^At 10, 20 … 60\. Keeps 40, 50, 60\.$/,
    left: [40, 50, 60],
  },
  {
    name: 'shares of the run, and its last step',
    text: '"outputs", max_steps=50, save_steps=0.3, save_total_limit=2',
    heading: /^Plan: saves every 30 % of the run$/,
    below: /^At 15, 30 … 50\. Keeps 45, 50\.$/,
    left: [45, 50],
  },
  {
    name: 'no save before the end',
    text: '"outputs", max_steps=60',
    heading: /^Nothing will be saved before the end$/,
    below: /^This run ends at step 60 and saves first at 500\./,
    left: [60],
  },
  {
    name: 'saves switched off',
    text: '"outputs", max_steps=30, save_strategy="no"',
    heading: /^Nothing will be saved$/,
    below: /^Saving is switched off in the training arguments\./,
    left: [],
  },
];

test.describe('the plan before the run is what the run does', { tag: '@long' }, () => {
  for (const { name, text, heading, below, left } of runs) {
    test(name, async ({ open, browserWithExtension }) => {
      const story = withArguments(text);
      const training = indexOf(story, trainingCell);
      const notebook = await open(story);
      const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
      await popup.says(heading);
      await expect(popup.page.locator('.headline p')).toHaveText(below);

      await notebook.page.bringToFront();
      await notebook.runAllAbove(training, { timeoutMs: 120_000 });
      await notebook.start(training);
      await popup.says(/^Finished, step \d+$/, { timeoutMs: 120_000 });
      expect(await checkpointsIn(notebook.folder)).toEqual(left);
    });
  }

  test('a run in epochs becomes plain when it shows its length', async ({ open, browserWithExtension }) => {
    // 2048 rows in batches of 32 are 64 steps an epoch.
    const story = withArguments(
      '"outputs", num_train_epochs=3, save_strategy="epoch", save_total_limit=2, per_device_train_batch_size=32',
    );
    const training = indexOf(story, trainingCell);
    const notebook = await open(story);
    const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
    await popup.says(/^Plan: saves after each epoch$/);
    await notebook.page.bringToFront();
    await notebook.runAllAbove(training, { timeoutMs: 120_000 });
    await notebook.start(training);
    await expect(popup.page.locator('.plan-line')).toHaveText(
      /^Planned saves: 64, 128, 192\. Keeps 128, 192\./,
      {
        timeout: 60_000,
      },
    );
    await popup.says(/^Finished, step 192$/, { timeoutMs: 120_000 });
    expect(await checkpointsIn(notebook.folder)).toEqual([128, 192]);
  });

  test('arguments that the Trainer refuses are told before it does', async ({
    open,
    browserWithExtension,
  }) => {
    const story = withArguments(
      '"outputs", max_steps=60, save_steps=25, eval_strategy="steps", eval_steps=10, load_best_model_at_end=True',
    );
    const notebook = await open(story);
    const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
    await popup.says(/^This run will not start$/);
    await expect(popup.page.locator('.plan-warnings li')).toHaveText([
      /save_steps must be a multiple of eval_steps, and they are 25 and 10\.$/,
    ]);
    await notebook.page.bringToFront();
    const refused = indexOf(story, 'arguments');
    await notebook.runAllAbove(refused, { timeoutMs: 120_000 });
    await notebook.start(refused);
    await expect(notebook.page.getByText(/ValueError: .*not a round multiple of 10/).first()).toBeVisible();
  });
});
