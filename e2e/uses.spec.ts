import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type OpenNotebook } from './fixtures.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { indexOf } from './notebooks/notebook.ts';
import { answersByHand, promptedStory, PROMPTS } from './notebooks/prompted-story.ts';
import { train } from './training.ts';

const below = indexOf(promptedStory, trainingCell) + 1;
const OPEN = /^Use or compare checkpoints…$/;

/** The table that a cell shows, as its rows of texts. */
const tableOf = (notebook: OpenNotebook, index: number): Promise<string[][]> =>
  notebook
    .output(index)
    .locator('tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td, th')].map((cell) => cell.textContent ?? '')),
    );

test(
  'a checkpoint is loaded by one click and answers, and three are compared, a broken one among them',
  { tag: '@long' },
  async ({ open, browserWithExtension }) => {
    const notebook = await open(promptedStory);
    const popup = await train(notebook, browserWithExtension);

    await test.step('while it trains, the cell waits its turn', async () => {
      await popup.says(/^Safe up to step [24]0$/, { timeoutMs: 60_000 });
      await popup.press(OPEN);
      await expect(
        popup.page.getByText(/The kernel is training: a cell that you run now waits/),
      ).toBeVisible();
      await popup.press(/^Insert a cell that loads checkpoint-[24]0/);
      await expect(
        popup.page.getByText(/The cell that loads checkpoint-[24]0 is in the notebook/),
      ).toBeVisible();
      await notebook.page.bringToFront();
      await notebook.start(below);
      await expect(notebook.cell(below - 1).locator('.jp-InputPrompt')).toHaveText('[*]:');
      await popup.says(/^Finished, step 60$/, { timeoutMs: 120_000 });
      await expect(notebook.output(below)).toHaveText(/\w/, { timeout: 60_000 });
      await popup.says(/^Finished, step 60$/);
    });

    await test.step('another is loaded, in the same cell', async () => {
      await popup.page.bringToFront();
      await popup.page.getByRole('checkbox', { name: /checkpoint-60/ }).check();
      for (const other of [20, 40])
        await popup.page.getByRole('checkbox', { name: new RegExp(`checkpoint-${other}`) }).uncheck();
      await popup.press(/^Insert a cell that loads checkpoint-60/);
      await expect(
        popup.page.getByText(/The cell that loads checkpoint-60 is in the notebook/),
      ).toBeVisible();
      const saved = await notebook.save();
      expect(saved).toHaveLength(promptedStory.cells.length + 1);
      const inserted = saved[below];
      expect(inserted?.source).toMatch(/^# Holdfast put this cell here: it loads checkpoint-60 /);
      expect(inserted?.source).toContain('"outputs/checkpoint-60"');
      await notebook.page.bringToFront();
      await notebook.run(below, { timeoutMs: 120_000 });
      const [[answer] = []] = await answersByHand(notebook.folder, [
        ['outputs/checkpoint-60', ['Write here what the model is to answer.']],
      ]);
      expect(answer, 'there is something to compare with').toMatch(/\w/);
      expect((await notebook.output(below).innerText()).replace(/\s+/g, ' ')).toContain(answer);
    });

    await test.step('Undo takes the cell out, and not one that was written in', async () => {
      await popup.page.bringToFront();
      await popup.press(/^Undo\b.*checkpoint-60/);
      await expect(popup.page.getByText(/The cell that loads checkpoint-60/)).toHaveCount(0);
      expect((await notebook.save()).map(({ id }) => id)).toEqual(promptedStory.cells.map(({ id }) => id));
      await popup.press(/^Insert a cell that loads checkpoint-60/);
      await expect(popup.page.getByText(/The cell that loads checkpoint-60/)).toBeVisible();
      await notebook.page.bringToFront();
      await notebook.select(below);
      await notebook.page.keyboard.press('Enter');
      await notebook.page.keyboard.press('Control+End');
      await notebook.page.keyboard.type('  # mine now');
      await notebook.page.keyboard.press('Escape');
      await popup.page.bringToFront();
      await popup.press(/^Undo\b.*checkpoint-60/);
      await expect(popup.page.getByText(/The inserted cell was edited, so it was left alone/)).toBeVisible();
      expect((await notebook.save())[below]?.source).toContain('# mine now');
    });

    await test.step('three are compared', async () => {
      await writeFile(join(notebook.folder, 'outputs/checkpoint-20/adapter_model.safetensors'), 'broken');
      await popup.page.getByRole('checkbox', { name: 'All of them' }).check();
      await popup.press(/^Insert a cell that compares 3/);
      await expect(
        popup.page.getByText(/The cell that compares checkpoint-20, 40,? and 60 is in the notebook/),
      ).toBeVisible();
      const compare = below + 1;
      expect((await notebook.save())[compare]?.source).toMatch(/^# Holdfast put this cell here: it puts/);
      await expect(notebook.cell(compare).locator('.jp-InputPrompt'), 'it is not run').toHaveText('[ ]:');
      await notebook.page.bringToFront();
      await notebook.run(compare, { timeoutMs: 120_000 });

      const [base, at40, at60] = await answersByHand(notebook.folder, [
        [null, PROMPTS],
        ['outputs/checkpoint-40', PROMPTS],
        ['outputs/checkpoint-60', PROMPTS],
      ]);
      expect(at40, 'training changed the answers').not.toEqual(base);
      const [head, ...rows] = await tableOf(notebook, compare);
      expect(head).toEqual(['', 'Without training', 'checkpoint-20', 'checkpoint-40', 'checkpoint-60']);
      expect(rows.map(([prompt]) => prompt)).toEqual(PROMPTS);
      expect(rows.map((row) => row[1])).toEqual(base);
      expect(rows[0]?.[2]).toMatch(/^SafetensorError: /);
      expect(rows.map((row) => row.at(-2))).toEqual(at40);
      expect(rows.map((row) => row.at(-1))).toEqual(at60);
    });

    await popup.says(/^Finished, step 60$/);
  },
);
