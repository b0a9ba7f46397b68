import { expect } from '@playwright/test';
import { useStates } from '../../src/popup/recorded-uses.ts';
import { test } from './gallery-fixture.ts';

const OPEN = 'Use or compare checkpoints…';

test(
  'the panel that uses checkpoints is accessible and fits in each of its states',
  { tag: '@long' },
  async ({ gallery }) => {
    const { page } = gallery;
    for (const state of Object.keys(useStates)) {
      await test.step(state, async () => {
        await page.setViewportSize({ width: 360, height: 600 });
        await page.emulateMedia({ colorScheme: 'light' });
        await gallery.show(state);
        await gallery.button(OPEN).click();
        await expect(page.getByRole('checkbox').first()).toBeVisible();
        expect(await gallery.accessibilityTrouble(), `${state}, light`).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await gallery.accessibilityTrouble('colours'), `${state}, dark`).toEqual([]);
        for (const width of [320, 360, 500]) {
          await page.setViewportSize({ width, height: 600 });
          expect(await gallery.widthOverflow(), `${state} at ${width} px`).toBeLessThanOrEqual(0);
        }
      });
    }
  },
);

test('by the keyboard alone: the newest is ticked, one more compares, Undo takes it out', async ({
  gallery,
}) => {
  const { page } = gallery;
  await gallery.show('use-while-training');
  await gallery.button(OPEN).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/The kernel is training: a cell that you run now waits/)).toBeVisible();
  await expect(page.getByText(/Only in this browser: checkpoint-100/)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /checkpoint-400/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /checkpoint-450 not usable/ })).not.toBeChecked();

  const load = gallery.button(/^Insert a cell that loads checkpoint-400/);
  await load.focus();
  await page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({
    kind: 'insert-use-cell',
    notebookId: 'recorded',
    names: ['checkpoint-400'],
  });

  await page.getByRole('checkbox', { name: /checkpoint-300/ }).focus();
  await page.keyboard.press('Space');
  await gallery.button(/^Insert a cell that compares 2/).focus();
  await page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({
    kind: 'insert-use-cell',
    notebookId: 'recorded',
    names: ['checkpoint-400', 'checkpoint-300'],
  });
  await expect(
    page.getByText(/The cell that compares checkpoint-300 and 400 is in the notebook/),
  ).toBeVisible();

  await gallery.button(/^Undo\b.*checkpoint-300 and 400/).focus();
  await page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({ kind: 'undo-use-cell', notebookId: 'recorded', sort: 'compare' });
  await expect(page.getByText(/The cell that compares/)).toHaveCount(0);
});

test('nothing ticked asks for nothing', async ({ gallery }) => {
  await gallery.show('use-inserted');
  await gallery.button(OPEN).click();
  await gallery.page.getByRole('checkbox', { name: /checkpoint-400/ }).uncheck();
  await expect(gallery.button('Choose one or more')).toHaveAttribute('aria-disabled', 'true');
  await gallery.button('Choose one or more').focus();
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.asked()).toBeNull();
});
