import { expect } from '@playwright/test';
import { test } from './gallery-fixture.ts';

const asks = (more: object) => ({
  kind: 'change-keeping',
  notebookId: 'recorded',
  on: true,
  extent: 'everything',
  paused: false,
  mostBytesPerSecond: null,
  ...more,
});

test('the question is answered by one click, and is gone', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('keeping-offer');
  const question = page.getByRole('region', { name: 'Keep a copy of each checkpoint in this browser?' });
  await expect(question).toContainText('This browser has room for 12 GB.');
  await expect(page.getByRole('radio', { name: /^Everything, to resume\s*152 MB$/ })).toBeChecked();
  await gallery.button('Keep copies').click();
  expect(await gallery.asked()).toEqual(asks({}));
  await expect(question).toHaveCount(0);
  await expect(gallery.button('Each new checkpoint is copied into this browser')).toBeVisible();
});

test('only the adapter, or not at all', async ({ gallery }) => {
  await gallery.show('keeping-offer');
  await gallery.page.getByRole('radio', { name: /^Only the adapter or model\s*48 MB$/ }).check();
  await gallery.button('Keep copies').click();
  expect(await gallery.asked()).toEqual(asks({ extent: 'inference' }));

  await gallery.show('keeping-offer');
  await gallery.button('Not now').press('Enter');
  expect(await gallery.asked()).toEqual(asks({ on: false }));
  await expect(gallery.button('Copies of each checkpoint: off')).toBeVisible();
});

test('what was answered can be changed: pause, files, speed, off and on', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('keeping-kept');
  await gallery.button('Copy of checkpoint-400 kept 2 min ago · 152 MB').click();
  await page.getByRole('checkbox', { name: 'Pause' }).check();
  expect(await gallery.asked()).toEqual(asks({ paused: true }));
  await expect(gallery.button('Copies of each checkpoint: paused')).toBeVisible();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('2.0 MB/s at most');
  expect(await gallery.asked()).toEqual(asks({ paused: true, mostBytesPerSecond: 2_000_000 }));
  await page.getByRole('radio', { name: 'Only the adapter or model' }).check();
  const chosen = { paused: true, mostBytesPerSecond: 2_000_000, extent: 'inference' };
  expect(await gallery.asked()).toEqual(asks(chosen));

  await page.getByRole('checkbox', { name: 'Keep a copy of each checkpoint' }).uncheck();
  expect(await gallery.asked()).toEqual(asks({ ...chosen, paused: false, on: false }));
  await expect(page.getByRole('checkbox', { name: 'Pause' })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Keep a copy of each checkpoint' }).check();
  expect(await gallery.asked()).toEqual(asks({ ...chosen, paused: false }));
});

for (const state of ['keeping-offer', 'keeping-kept', 'keeping-signed-out', 'keeping-off'])
  test(`all of ${state} is accessible in light and dark, and fits`, async ({ gallery }) => {
    const { page } = gallery;
    await gallery.show(state);
    for (const row of await page.locator('.disclosure-button').all()) await row.click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await gallery.accessibilityTrouble(), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await gallery.accessibilityTrouble('colours'), 'dark').toEqual([]);
    for (const width of [320, 360, 500, 800]) {
      await page.setViewportSize({ width, height: 600 });
      expect(await gallery.widthOverflow(), `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
