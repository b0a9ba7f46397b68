import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { launchBrowser } from '../extension/browser.ts';
import { popupPage } from '../extension/popup-page.ts';
import { expect, test } from '../fixtures.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { SWEEP, sweepRun, sweepStory } from '../notebooks/sweep-story.ts';
import { expectDrawn, openDashboard } from './dashboard-page.ts';

const RATES = ['1e-3', '5e-3', '2e-2'] as const;

const State = v.object({
  best_metric: v.number(),
  best_model_checkpoint: v.string(),
  log_history: v.array(
    v.looseObject({
      step: v.number(),
      loss: v.optional(v.number()),
      eval_loss: v.optional(v.number()),
      eval_token_accuracy: v.optional(v.number()),
    }),
  ),
});

type Point = readonly [step: number, value: number];
type CurvesOfRun = Readonly<Record<'loss' | 'eval_loss', readonly Point[]>>;

/** What a run's last checkpoint tells of it. */
const stateOf = async (folder: string, number: number) => {
  const file = join(folder, sweepRun(number).outputDir, `checkpoint-${SWEEP.maxSteps}`, 'trainer_state.json');
  const { best_model_checkpoint: best, log_history: history } = v.parse(
    State,
    JSON.parse(await readFile(file, 'utf8')),
  );
  const points = (key: 'loss' | 'eval_loss'): readonly Point[] =>
    history.flatMap((entry) => (entry[key] === undefined ? [] : [[entry.step, entry[key]] as const]));
  const curves: CurvesOfRun = { loss: points('loss'), eval_loss: points('eval_loss') };
  const last = history.findLast((entry) => entry.eval_token_accuracy !== undefined);
  return { best: best.split('/').at(-1) ?? '', curves, accuracy: last?.eval_token_accuracy ?? Number.NaN };
};

/** The table that was saved, run by run in its order. */
const curvesInCsv = (csv: string): readonly CurvesOfRun[] => {
  const runs = new Map<string, { loss: Point[]; eval_loss: Point[] }>();
  for (const row of csv.split('\r\n').slice(1)) {
    const cells = /^("(?:[^"]|"")*"),"(loss|eval_loss)",([^,]*),([^,]*)$/.exec(row);
    if (cells === null) continue;
    const [, run = '', series, step, value] = cells;
    const known = runs.get(run) ?? { loss: [], eval_loss: [] };
    known[series === 'loss' ? 'loss' : 'eval_loss'].push([Number(step), Number(value)]);
    runs.set(run, known);
  }
  return [...runs.values()];
};

test(
  'three real runs are compared, their losses equal to what their checkpoints say, and are there after the browser was closed',
  { tag: '@long' },
  async ({ folder, startServer }) => {
    test.setTimeout(300_000);
    const profile = await mkdtemp(join(tmpdir(), 'holdfast-history-'));
    const story = sweepStory(RATES);
    await writeFile(join(folder, 'sweep.ipynb'), JSON.stringify(story));
    const server = await startServer();
    const wanted: (readonly [string, CurvesOfRun, number])[] = [];
    {
      await using browser = await launchBrowser({ profile });
      const notebook = await openNotebook(await browser.newPage(), server, 'sweep.ipynb');
      const popup = popupPage(await browser.openPopup(notebook.page));
      for (const number of [1, 2, 3]) {
        await notebook.page.bringToFront();
        const training = indexOf(story, sweepRun(number).train);
        if (number === 1) await notebook.runAllAbove(training, { timeoutMs: 120_000 });
        else await notebook.run(indexOf(story, sweepRun(number).setup));
        await notebook.run(training, { timeoutMs: 120_000 });
        await popup.says(/^Finished, step 120$/);
        const { best, curves, accuracy } = await stateOf(folder, number);
        wanted.unshift([best, curves, accuracy]);
      }
      const board = await openDashboard(browser);
      await expect(board.tick(/sweep.ipynb/)).toHaveCount(3);
      // A browser that is closed sooner never read the file of the last checkpoint.
      await expect(board.checkpoints.getByRole('row', { name: /checkpoint-120/ })).toContainText('whole');
    }

    await using again = await launchBrowser({ profile });
    const board = await openDashboard(again);
    const { page } = board;
    await expect(board.tick(/sweep.ipynb/)).toHaveCount(3);
    const unticked = page.getByRole('checkbox', { name: /sweep.ipynb/, checked: false });
    for (const left of [1, 0]) {
      await unticked.first().click();
      await expect(unticked).toHaveCount(left);
    }
    await expectDrawn(board);
    expect(curvesInCsv(String(await board.download('Save as CSV')))).toEqual(
      wanted.map(([, curves]) => curves),
    );
    await expect(board.arguments.getByRole('row', { name: /learning_rate/ })).toContainText(
      /learning_rate.*0\.02.*0\.005.*0\.001/,
    );
    await expect(board.arguments.getByRole('row', { name: /max_steps/ })).toHaveCount(0);
    for (const step of [40, 80, 120])
      await expect(
        board.checkpoints.getByRole('row', { name: new RegExp(`checkpoint-${step}`) }),
      ).toHaveCount(3);
    await expect(board.checkpoints.getByRole('columnheader', { name: 'token_accuracy' })).toBeVisible();
    for (const [index, [best, , accuracy]] of wanted.entries()) {
      const newest = board.checkpoints.getByRole('row', { name: new RegExp(`^${index + 1} checkpoint-120`) });
      await expect(newest).toContainText(accuracy.toFixed(3));
      const row = board.checkpoints.getByRole('row', { name: new RegExp(`^${index + 1} .*best`) });
      await expect(row).toHaveCount(1);
      await expect(row).toContainText(best);
      await expect(row).toContainText('whole');
      await expect(row).toContainText('on the machine');
    }
    expect(await board.trouble()).toEqual([]);

    await page
      .getByRole('button', { name: /^Delete sweep/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(board.tick(/sweep.ipynb/)).toHaveCount(2);
    await page.reload();
    await expect(board.tick(/sweep.ipynb/)).toHaveCount(2);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
);
