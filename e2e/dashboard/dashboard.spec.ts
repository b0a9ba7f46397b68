import { expect, test } from '../fixtures.ts';
import { expectDrawn, openDashboard } from './dashboard-page.ts';
import { seededRun, seedHistory, seedNonsense } from './seeded-history.ts';

const long = { points: 100_000, everySteps: 1, evaluations: [[40_000, 0.7]] as const };
const short = {
  points: 60,
  everySteps: 10,
  evaluations: [
    [200, 0.6],
    [400, 0.5],
    [600, 0.6],
  ] as const,
};
const lost = {
  kind: 'lost',
  at: 1_795_000_000_000,
  cause: 'machine-replaced',
  disk: 'empty',
  kernel: 'away',
} as const;

test('runs are compared: a curve of 100,000 points, what differs, checkpoints that sort, and every way out', async ({
  browserWithExtension,
}) => {
  const board = await openDashboard(browserWithExtension);
  const { page } = board;
  await expect(page.getByText(/^No runs yet/)).toBeVisible();
  expect(await board.trouble()).toEqual([]);
  await seedHistory(page, [
    { run: seededRun(1, { notebookName: '=cmd|calc.ipynb' }), ...long },
    {
      run: seededRun(2, {
        phase: lost,
        checkpoints: seededRun(2).checkpoints.slice(0, 2),
        step: 451,
        asked: [
          { kind: 'every', steps: 50, step: 120, at: 1 },
          { kind: 'saved', step: 451, name: 'checkpoint-451', stop: true, at: 2 },
        ],
      }),
      ...short,
      points: 45,
    },
    { run: seededRun(3), ...short },
  ]);
  await seedNonsense(page);
  await page.reload();
  await test.step('a record of no known shape is set aside, and told once', async () => {
    await expect(page.getByText('1 record could not be read and was set aside.')).toBeVisible();
    await page.reload();
    await expect(board.tick(/gemma_lora/).first()).toBeVisible();
    await expect(page.getByText(/set aside/)).toHaveCount(0);
  });

  await test.step('the newest run is shown, others are laid over it', async () => {
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1);
    const unticked = page.getByRole('checkbox', { name: /ipynb/, checked: false });
    for (const left of [1, 0]) {
      await unticked.first().click();
      await expect(unticked).toHaveCount(left);
    }
    await expectDrawn(board);
    await page.getByText('The curves in words').click();
    await expect(page.getByText(/^1 loss: gemma_lora.ipynb.* falls from \d/)).toBeVisible();
    await expect(page.getByText('machine gone')).toBeVisible();
    await expect(page.getByText('saves every 50 steps from step 120, asked by you')).toBeVisible();
  });

  await test.step('what differs comes first', async () => {
    await expect(board.arguments.getByRole('row')).toHaveCount(2);
    await expect(board.arguments.getByRole('row').nth(1)).toContainText(/learning_rate.*3e-4.*2e-4.*1e-4/);
    await board.arguments.getByRole('button', { name: 'Show 2 that are the same' }).click();
    await expect(board.arguments.getByRole('row')).toHaveCount(4);
  });

  await test.step('the table sorts by keyboard', async () => {
    const size = board.checkpoints.getByRole('columnheader', { name: 'size' });
    await size.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(size).toHaveAttribute('aria-sort', 'ascending');
    await expect(board.checkpoints.getByRole('row').nth(1)).toContainText('200 MB');
    await page.keyboard.press('Enter');
    await expect(size).toHaveAttribute('aria-sort', 'descending');
    await expect(board.checkpoints.getByRole('row').nth(1)).toContainText('600 MB');
    await expect(board.checkpoints.getByRole('row', { name: /best/ })).toHaveCount(3);
  });

  await test.step('the cursor, the zoom and the switches answer the keyboard', async () => {
    await board.chart.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText(/^At step \d+$/)).toBeVisible();
    await page.keyboard.press('+');
    await expect(page.getByRole('button', { name: 'Show all' })).toBeEnabled();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByRole('button', { name: 'Show all' })).toBeDisabled();
    await page.getByLabel('Log scale').check();
    await page.getByLabel('Smooth').check();
    await expectDrawn(board);
  });

  await test.step('a drag zooms in, a double click shows all', async () => {
    await page.mouse.move(0, 0);
    const over = await board.chart.locator('.u-over').boundingBox();
    if (over === null) throw new Error('the chart has no place');
    await page.mouse.move(over.x + over.width * 0.3, over.y + 50);
    await page.mouse.down();
    await page.mouse.move(over.x + over.width * 0.6, over.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByRole('button', { name: 'Show all' })).toBeEnabled();
    await page.mouse.dblclick(over.x + over.width * 0.5, over.y + 50);
    await expect(page.getByRole('button', { name: 'Show all' })).toBeDisabled();
  });

  await test.step('a curve is hidden in the legend', async () => {
    const name = page.getByRole('button', { name: /^1 loss/ });
    await name.press('Enter');
    await expect(name).toHaveAttribute('aria-pressed', 'false');
    await name.press('Enter');
  });

  await test.step('light and dark, narrow and wide', async () => {
    expect(await board.trouble()).toEqual([]);
    for (const width of [360, 800, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      // The chart follows the page in a frame of its own.
      await expect.poll(() => board.overflow(), `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  await test.step('CSV, picture and JSON', async () => {
    const rows = String(await board.download('Save as CSV')).split('\r\n');
    expect(rows[0]).toBe('run,series,step,value');
    expect(rows).toHaveLength(1 + (60 + 3) + (45 + 3) + 100_001 + 1);
    expect(
      rows.filter((row) => row.startsWith('"=')),
      'no formula',
    ).toEqual([]);
    expect(rows.find((row) => row.startsWith(`"'=cmd|calc`))).toBeDefined();
    const picture = await board.download('Save as PNG');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    const { runs } = JSON.parse(String(await board.download('Export as JSON')));
    expect(runs.map(({ id }: { id: string }) => id)).toEqual(['run-3', 'run-2', 'run-1']);
    expect(runs[2].curves.loss.steps).toHaveLength(100_000);
  });

  await test.step('one is deleted, then all', async () => {
    await page
      .getByRole('button', { name: /^Delete gemma/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByRole('checkbox', { name: /ipynb/ })).toHaveCount(2);
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(page.getByText(/^No runs yet/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^No runs yet/)).toBeVisible();
  });
});
