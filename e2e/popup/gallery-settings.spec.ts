import { expect } from '@playwright/test';
import { test } from './gallery-fixture.ts';

const CHANGE = 'Change how it saves';
const INSERTED = 'How it saves is set in a cell. Run that cell, then the training cell';

const applies = (preset: string, settings: object) => ({
  kind: 'apply-settings',
  notebookId: 'recorded',
  preset,
  settings: { best: false, announces: true, ...settings },
});

test('each choice says what it does for this run, and one click applies it', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('settings-offered');
  await gallery.button(CHANGE).click();
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
  await expect(row('The runtime is unstable')).toContainText(
    'At 50, 100 … 600. Keeps the last 5. About 762 MB.',
  );
  await expect(row('Only at the end')).toContainText('At 600. About 152 MB. If it stops early');
  await gallery.button('Apply: The runtime is unstable').click();
  expect(await gallery.asked()).toEqual(applies('unstable', { saveSteps: 50, keep: 5 }));
  await expect(gallery.status).toContainText('Run it, then the training cell.');
  await expect(gallery.button(INSERTED)).toBeVisible();
  await expect(gallery.button('Undo: The runtime is unstable'), 'in its place').toBeFocused();
  await gallery.button('Undo: The runtime is unstable').press('Enter');
  expect(await gallery.asked()).toEqual({ kind: 'undo-settings', notebookId: 'recorded' });
  await expect(gallery.status).toContainText('The cell is gone.');
  await expect(gallery.button(CHANGE)).toBeVisible();

  await gallery.show('settings-ran');
  await gallery.button('How it saves is set. The next training does it').click();
  await gallery.button('Undo: The runtime is unstable').click();
  await expect(gallery.status).toContainText('keeps what it was set to until you make it again');
});

test('no line is printed where that was not wanted', async ({ gallery }) => {
  await gallery.show('settings-offered');
  await gallery.button(CHANGE).click();
  await gallery.page.getByRole('checkbox', { name: 'Also print a line at each save' }).uncheck();
  await gallery.button('Apply: Keep the best').click();
  expect(await gallery.asked()).toEqual(
    applies('best', { saveSteps: 100, keep: 3, best: true, announces: false }),
  );
});

test('numbers of one’s own, by keyboard; nonsense is not applied', async ({ gallery }) => {
  const { page } = gallery;
  await gallery.show('settings-offered');
  await gallery.button(CHANGE).click();
  const steps = page.getByRole('spinbutton', { name: 'Save every … steps' });
  await steps.fill('2.5');
  await expect(page.getByText(/^Whole numbers from 1 on/)).toBeVisible();
  await steps.press('Enter');
  expect(await gallery.asked()).toBeNull();
  await steps.fill('25');
  await page.getByRole('spinbutton', { name: 'Keep at most' }).fill('');
  await page.getByRole('checkbox', { name: 'Keep the best' }).check();
  await expect(page.getByText('At 25, 50 … 600. Keeps all of them. About 3.7 GB. Measures')).toBeVisible();
  await steps.press('Enter');
  expect(await gallery.asked()).toEqual(applies('own', { saveSteps: 25, keep: null, best: true }));
});

for (const [state, text] of [
  ['settings-lines', 'my_trainer.args.save_steps = 200'],
  ['settings-arguments', 'save_steps=200,'],
] as const)
  test(`${state}: text to copy, and where it goes`, async ({ gallery }) => {
    await gallery.show(state);
    await gallery.button(CHANGE).click();
    await gallery.button('Show: Little disk').click();
    await expect(gallery.page.getByRole('region', { name: 'Text to copy' })).toContainText(text);
    await expect(gallery.button('Copy')).toBeVisible();
    expect(await gallery.asked(), 'nothing is asked of the page').toBeNull();
  });

test('the open choices are accessible in light and dark, and fit every width', async ({ gallery }) => {
  const { page } = gallery;
  for (const state of ['settings-inserted', 'settings-own', 'settings-arguments']) {
    await page.emulateMedia({ colorScheme: 'light' });
    await gallery.show(state);
    await page.locator('.disclosure-button').first().click();
    if (state === 'settings-arguments') await gallery.button('Show: Keep the best').click();
    expect(await gallery.accessibilityTrouble(), `${state}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await gallery.accessibilityTrouble('colours'), `${state}, dark`).toEqual([]);
    for (const width of [320, 360, 800]) {
      await page.setViewportSize({ width, height: 600 });
      expect(await gallery.widthOverflow(), `${state} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
});
