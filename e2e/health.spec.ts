import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { code, notebook } from './notebooks/notebook.ts';

test('the health page tells the way of every power, and its report holds nothing of the notebook', async ({
  open,
  browserWithExtension,
}) => {
  const { context } = browserWithExtension;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const story = await open(notebook(code('secret', 'password = "hunter2"')), {
    name: 'my private name.ipynb',
  });
  const popup = await browserWithExtension.openPopup(story.page);
  await popup.getByRole('button', { name: 'Settings and more' }).click();
  const opened = context.waitForEvent('page');
  await popup.getByRole('button', { name: /^Health check/ }).click();
  const health = await opened;
  await expect(health.getByRole('heading', { level: 1 })).toHaveText('Health check');
  await expect(health.getByRole('row', { name: /^Insert a cell application/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: health }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await health.getByRole('button', { name: 'Copy report' }).click();
  await expect(health.getByRole('status')).toHaveText('Copied.');
  const report = await health.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^Holdfast \d+\.\d+\.\d+\n/);
  expect(report).toContain('insert: application');
  expect(report).not.toMatch(/hunter2|private|a-token|127\.0\.0\.1/);
});
