import { expect } from '@playwright/test';
import { test } from './gallery-fixture.ts';

const asksFor = (more: object) => ({
  kind: 'bring-home',
  notebookId: 'recorded',
  names: ['checkpoint-400'],
  extent: 'everything',
  to: 'zip',
  ...more,
});

test('a row downloads its checkpoint, and says while it is under way', async ({ gallery }) => {
  await gallery.show('training-safe');
  await gallery.button('Download checkpoint-300').click();
  expect(await gallery.asked()).toEqual(asksFor({ names: ['checkpoint-300'] }));
  await expect(gallery.page.getByText('Downloading checkpoint-300')).toBeVisible();
  await expect(gallery.page.getByRole('progressbar')).toHaveAccessibleName('Downloading checkpoint-300');
  await expect(gallery.button('Download checkpoint-300')).toHaveCount(0);
  await expect(gallery.button(/^Download checkpoint-400$/)).toBeVisible();
});

test('the result of a finished run is one click, and no second one while it is under way', async ({
  gallery,
}) => {
  await gallery.show('finished');
  const main = gallery.button(/everything of 500 and 600, 305 MB, one zip/);
  const before = await main.boundingBox();
  await main.click();
  expect(await gallery.asked()).toEqual(asksFor({ names: ['checkpoint-600', 'checkpoint-500'] }));
  const resting = gallery.button(/under way, see below/);
  await expect(resting).toHaveAttribute('aria-disabled', 'true');
  expect(await resting.boundingBox()).toEqual(before);
  await resting.press('Enter');
  await expect(gallery.page.getByRole('progressbar')).toHaveCount(1);
});

test('two are chosen, without the optimizer, and downloaded as one zip', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('finished');
  await gallery.button('Choose what to download…').click();
  const total = page.locator('.chooser-total');
  await expect(total).toHaveText('Nothing chosen yet');
  await gallery.button('Download as one zip').press('Enter');
  expect(await gallery.asked()).toBe(null);

  await page.getByRole('checkbox', { name: 'checkpoint-400' }).check();
  await page.getByRole('checkbox', { name: 'checkpoint-600' }).check();
  await expect(total).toHaveText('2 checkpoints, 305 MB');
  await gallery.button('Download as one zip').click();
  expect(await gallery.asked()).toEqual(asksFor({ names: ['checkpoint-600', 'checkpoint-400'] }));
  await expect(total).toHaveText('Asked for, see above');
  await expect(gallery.button('Download as one zip')).toHaveAttribute('aria-disabled', 'true');

  await page.getByRole('radio', { name: /Only what inference needs/ }).check();
  await expect(total).toHaveText('2 checkpoints, 96 MB');
  await gallery.button('Keep in this browser').click();
  expect(await gallery.asked()).toEqual(
    asksFor({ names: ['checkpoint-600', 'checkpoint-400'], extent: 'inference', to: 'browser' }),
  );
});

test('all are chosen at once, and a size that is not known is said', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('home-both-places');
  await gallery.button('Choose what to download…').click();
  const all = page.getByRole('checkbox', { name: 'All of them' });
  await page.getByRole('checkbox', { name: 'checkpoint-300' }).check();
  await expect(all).toBeChecked({ indeterminate: true });
  await all.check();
  await expect(page.locator('.chooser-total')).toHaveText('3 checkpoints, 457 MB');
  await page.getByRole('radio', { name: /Only what inference needs/ }).check();
  await expect(page.locator('.chooser-total')).toHaveText('3 checkpoints, size not known');
  await all.uncheck();
  await expect(page.locator('.chooser-total')).toHaveText('Nothing chosen yet');
});

test('another folder is zipped by its path, under the list and in the menu', async ({ gallery }) => {
  await gallery.show('finished');
  await gallery.button('Choose what to download…').click();
  await gallery.page.getByLabel('Zip another folder').fill(' outputs/logs ');
  await gallery.page.keyboard.press('Enter');
  const asked = { kind: 'zip-folder', notebookId: 'recorded', path: 'outputs/logs' };
  expect(await gallery.asked()).toEqual(asked);

  await gallery.show('idle');
  await gallery.menuButton.click();
  await gallery.button('Zip a folder…').click();
  await gallery.page.getByLabel('Zip another folder').fill('outputs/logs');
  await gallery.button(/^Zip$/).click();
  expect(await gallery.asked()).toEqual(asked);
  await expect(gallery.page.getByText('Downloading outputs/logs')).toBeVisible();
});

test('a job can be paused, resumed and cancelled without anything below it moving', async ({ gallery }) => {
  await gallery.show('home-moving');
  const row = gallery.page.locator('.checkpoint').first();
  const before = await row.boundingBox();
  await gallery.button('Pause: checkpoint-400').click();
  expect(await gallery.asked()).toEqual({ kind: 'pause-job', jobId: 'job-400' });
  await expect(gallery.page.getByText('Paused')).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await gallery.button('Resume: checkpoint-400').click();
  await expect(gallery.button('Pause: checkpoint-400')).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await gallery.button('Cancel: checkpoint-400').click();
  expect(await gallery.asked()).toEqual({ kind: 'cancel-job', jobId: 'job-400' });
  await expect(gallery.page.getByRole('progressbar')).toHaveCount(0);
  await expect(gallery.heading).toBeFocused();
});

test('jobs of every state keep the list where it is', async ({ gallery }) => {
  await gallery.page.setViewportSize({ width: 360, height: 900 });
  const tops = new Set<number | undefined>();
  for (const state of ['home-moving', 'home-trying-again', 'home-paused', 'home-saving']) {
    await gallery.show(state);
    tops.add((await gallery.page.locator('.checkpoint').first().boundingBox())?.y);
  }
  expect(tops.size).toBe(1);
});

test('what is saved can be shown and dismissed; what failed has a way on', async ({ gallery }) => {
  await gallery.show('home-done-verified');
  await gallery.button('Show in folder: checkpoint-400').click();
  expect(await gallery.asked()).toEqual({ kind: 'show-job', jobId: 'job-400' });
  await gallery.button('Dismiss: checkpoint-400').click();
  await expect(gallery.page.getByText('Saved:')).toHaveCount(0);

  await gallery.show('home-failed-changed');
  await gallery.button('Download checkpoint-300 instead').click();
  expect(await gallery.asked()).toEqual(asksFor({ names: ['checkpoint-300'] }));

  await gallery.show('home-failed-no-room');
  await gallery.button(/^Try again: /).click();
  expect(await gallery.asked()).toEqual({ kind: 'resume-job', jobId: 'job-400' });
});

test('removing a copy asks first, and a second click on the same place removes nothing', async ({
  gallery,
}) => {
  const { page } = gallery;
  await gallery.show('home-copies');
  await gallery.button('In this browser: 5 copies, 566 MB').click();
  const remove = gallery.button('Remove: checkpoint-300');
  const place = await remove.boundingBox();
  if (place === null) throw new Error('Remove is not on the page');
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2, { clickCount: 2 });
  expect(await gallery.asked()).toBe(null);

  await remove.click();
  await expect(page.getByText('Remove for good?')).toBeVisible();
  await expect(gallery.button('Keep')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(remove).toBeFocused();
  expect(await gallery.asked()).toBe(null);

  await page.keyboard.press('Enter');
  await expect(gallery.button('Keep')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({
    kind: 'remove-copy',
    notebookId: 'recorded',
    copyId: 'copy-300',
  });
  await expect(remove).toHaveCount(0);
  await expect(gallery.button(/^In this browser: 4 copies/)).toBeFocused();
});

test('what earlier runs left is removed together, after a question that a second click does not answer', async ({
  gallery,
}) => {
  const { page } = gallery;
  await gallery.show('keeping-shelf');
  await gallery.button('In this browser: 5 copies, 762 MB').click();
  const removeAll = gallery.button('Remove all copies from earlier runs');
  const place = await removeAll.boundingBox();
  if (place === null) throw new Error('Remove all is not on the page');
  await page.mouse.click(place.x + 2, place.y + place.height / 2, { clickCount: 2 });
  expect(await gallery.asked()).toBe(null);
  await expect(page.getByText('From earlier runs: 3 copies, 457 MB')).toBeVisible();

  await removeAll.click();
  await expect(page.getByText('Remove for good?')).toBeVisible();
  await removeAll.click();
  await expect(gallery.button('In this browser: 2 copies, 305 MB')).toBeVisible();
  await expect(page.getByText(/^From earlier runs/)).toHaveCount(0);
});

test('copies are within reach without a run and without its machine', async ({ gallery }) => {
  await gallery.show('home-copies');
  await gallery.button(/^In this browser/).click();
  await gallery.button('Download checkpoint-400, the copy in this browser').click();
  expect(await gallery.asked()).toEqual({ kind: 'zip-copy', notebookId: 'recorded', copyId: 'copy-400' });
  await expect(gallery.page.locator('.copy').first()).toContainText('under way');
  await gallery.button('Restore from a zip…').click();
  expect(await gallery.asked()).toEqual({ kind: 'open-restore', notebookId: 'recorded' });

  await gallery.show('home-machine-gone');
  await gallery.button('Download checkpoint-300').click();
  expect(await gallery.asked()).toEqual({ kind: 'zip-copy', notebookId: 'recorded', copyId: 'copy-300' });
  await gallery.button(/Put checkpoint-400 back/).click();
  expect(await gallery.asked()).toEqual({
    kind: 'restore-copy',
    notebookId: 'recorded',
    copyId: 'copy-400',
    folder: null,
  });
});

test('copies of other notebooks are within reach, and go where they said', async ({ gallery }) => {
  await gallery.show('home-other-copies');
  await gallery.button('Other copies in this browser: 3, 366 MB').click();
  const group = gallery.page.getByRole('region', { name: 'gemma_lora.ipynb' });
  await expect(group).toContainText('Put back, it goes into outputs/checkpoint-400');
  await group.getByRole('button', { name: 'Put back on the server: checkpoint-400' }).click();
  const about = { notebookId: 'recorded', copyId: 'other-400' };
  expect(await gallery.asked()).toEqual({
    kind: 'restore-copy',
    folder: 'outputs/checkpoint-400',
    ...about,
  });
  await expect(group.getByText('under way')).toHaveCount(1);
  await gallery.button('Go on: checkpoint-300').click();
  expect(await gallery.asked()).toEqual({ kind: 'finish-copy', ...about, copyId: 'other-300' });
  await expect(group.getByText('under way')).toHaveCount(2);
});

test('what lies in the way is moved aside by a click of its own', async ({ gallery }) => {
  await gallery.show('back-in-the-way');
  await gallery.button('Move that aside and put back: checkpoint-400').click();
  expect(await gallery.asked()).toEqual({ kind: 'move-aside-job', jobId: 'job-back' });
});

test('the keyboard reaches everything, in the order of the eye', async ({ gallery }) => {
  await gallery.show('home-both-places');
  for (const name of ['Choose what to download…', 'In this browser: 2 copies, 305 MB'])
    await gallery.button(name).press('Enter');
  // From the menu on; after the last one the browser's own buttons would follow.
  await gallery.menuButton.focus();
  expect(await gallery.tabOrder(25)).toEqual([
    'Save nowa whole checkpoint when this step ends',
    'Downloadcheckpoint-400, 152 MB',
    'More ways to save',
    'Download checkpoint-400',
    'Download checkpoint-300',
    'Download checkpoint-200',
    'Choose what to download…',
    'All of them',
    'checkpoint-400152 MB',
    'checkpoint-300152 MB',
    'checkpoint-200152 MB',
    'Everything, to resume',
    'Download as one zip',
    'Keep in this browser',
    'Zip another folder',
    'Zip',
    'Use or compare checkpoints…',
    'In this browser: 2 copies, 305 MB',
    'Download checkpoint-400, the copy in this browser',
    'Put back on the server: checkpoint-400',
    'Remove: checkpoint-400',
    'Download checkpoint-300, the copy in this browser',
    'Put back on the server: checkpoint-300',
    'Remove: checkpoint-300',
    'Restore from a zip…',
  ]);
});

for (const state of ['home-both-places', 'home-copies', 'home-other-copies', 'home-machine-gone', 'hostile'])
  test(`all that opens in ${state} is accessible in light and dark, and fits`, async ({ gallery }) => {
    const { page } = gallery;
    await page.setViewportSize({ width: 360, height: 600 });
    await gallery.show(state);
    // From the last on: one that opens can hold others, and those behind it would be counted anew.
    for (const row of (await page.locator('.disclosure-button').all()).toReversed()) await row.click();
    await page.locator('.copy-buttons button:last-child').first().click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await gallery.accessibilityTrouble(), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await gallery.accessibilityTrouble('colours'), 'dark').toEqual([]);
    for (const width of [320, 360, 500, 800]) {
      await page.setViewportSize({ width, height: 600 });
      expect(await gallery.widthOverflow(), `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
