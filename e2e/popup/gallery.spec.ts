import { expect } from '@playwright/test';
import { recordedStates } from '../../src/popup/recorded-notebooks.ts';
import type { GalleryPage } from './gallery.page.ts';
import { test } from './gallery-fixture.ts';

const stateNames = Object.keys(recordedStates);
/** As many states share a test, and a page where they are shown together: on a longer one each look takes longer. */
const SHARING = 15;
const shares = Array.from({ length: Math.ceil(stateNames.length / SHARING) }, (_, index) =>
  stateNames.slice(index * SHARING, (index + 1) * SHARING),
);
for (const names of shares) {
  test(`popup, ${names[0]} to ${names.at(-1)}: accessible in light and dark, fits every width`, async ({
    gallery,
  }) => {
    for (const state of names) await test.step(state, () => expectFit(gallery, state));
  });
}

const expectFit = async (gallery: GalleryPage, state: string): Promise<void> => {
  const { page } = gallery;
  await page.setViewportSize({ width: 360, height: 600 });
  await page.emulateMedia({ colorScheme: 'light' });
  await gallery.show(state);
  await expect(gallery.heading, state).toHaveCount(1);
  await expect(gallery.heading, state).not.toBeEmpty();
  expect(await gallery.accessibilityTrouble(), `${state}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await gallery.accessibilityTrouble('colours'), `${state}, dark`).toEqual([]);
  for (const width of [320, 360, 500, 800]) {
    await page.setViewportSize({ width, height: 600 });
    expect(await gallery.widthOverflow(), `${state} at ${width} px`).toBeLessThanOrEqual(0);
    expect(await gallery.overlappingLabels(), `${state} at ${width} px`).toEqual([]);
  }
};

/** What a state brings along that is no word of ours: names of files, folders, cells, hosts, and Python's errors. */
const namesIn = (value: unknown, key = ''): readonly string[] => {
  if (typeof value === 'string')
    return /^(names?|notebookName|folder|asideAs|title|path|error|message|text|host|origin|files?|fileName|said|next|className|trainer)$/.test(
      key,
    )
      ? [value]
      : [];
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, key));
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, item]) => namesIn(item, name))
    : [];
};

for (const share of shares) {
  test(`every word of ${share[0]} to ${share.at(-1)} comes from the messages file`, async ({ gallery }) => {
    await gallery.showAll({ theme: 'light', words: 'marked', states: share.join(',') });
    for (const state of share) await test.step(state, () => expectOwnWords(gallery, state));
  });
}

const expectOwnWords = async (gallery: GalleryPage, state: string): Promise<void> => {
  const view = recordedStates[state];
  const names = namesIn(view).join(' ');
  await expect(gallery.among(state).getByRole('heading', { level: 1 })).toContainText('⟦');
  expect(await gallery.wordsOfTheCode(state, names), state).toEqual([]);
  if (view?.kind !== 'notebook') return;
  await gallery.among(state).getByRole('button', { expanded: false }).first().click();
  await expect(gallery.among(state).getByRole('checkbox').first()).toBeVisible();
  expect(await gallery.wordsOfTheCode(state, names), `the menu of ${state}`).toEqual([]);
  await gallery.openDisclosures(state);
  expect(await gallery.wordsOfTheCode(state, names), `all of ${state}`).toEqual([]);
};

test('the opened menu is accessible and closes with Escape', async ({ gallery }) => {
  await gallery.show('lost-died');
  await gallery.menuButton.focus();
  await gallery.page.keyboard.press('Enter');
  const insert = gallery.page.getByLabel('Insert the resume cell when a kernel is back');
  const run = gallery.page.getByLabel('Also run setup and resume by itself');
  await expect(insert).toBeChecked();
  await expect(run).not.toBeChecked();
  await expect(gallery.page.getByText("The kernel's connection")).toBeVisible();
  await expect(gallery.page.getByText('ready, not needed')).toBeVisible();
  expect(await gallery.accessibilityTrouble()).toEqual([]);

  await insert.uncheck();
  expect(await gallery.asked()).toEqual({
    kind: 'change-settings',
    insertAfterReconnect: false,
    runAfterReconnect: false,
  });
  await expect(run).toBeDisabled();
  await gallery.page.keyboard.press('Escape');
  await expect(insert).toHaveCount(0);
  await expect(gallery.menuButton).toBeFocused();
  await expect(gallery.menuButton).toHaveAttribute('aria-expanded', 'false');
});

test('Tab reaches the main button right after the menu, then the rest from top to bottom', async ({
  gallery,
}) => {
  await gallery.show('lost-died');
  const order = await gallery.tabOrder(20);
  expect(order[0]).toBe('Settings and more');
  expect(order[1]).toContain('Recover from checkpoint-400');
  expect(order[2]).toBe('Only insert the cell');
  expect(order.slice(-6)).toEqual([
    'Why? checkpoint-450',
    'Download checkpoint-400',
    'Download checkpoint-300',
    'Download checkpoint-200',
    'Choose what to download…',
    'Use or compare checkpoints…',
  ]);
});

test('Tab reaches the only button of a page first', async ({ gallery }) => {
  await gallery.show('site-off');
  await gallery.page.keyboard.press('Tab');
  await expect(gallery.button(/Enable on lab.example.edu/)).toBeFocused();
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({ kind: 'enable-site', origin: 'https://lab.example.edu' });
});

test('recover runs the ticked cells that are still there, and the keyboard follows', async ({ gallery }) => {
  await gallery.show('lost-died');
  await gallery.page.getByRole('checkbox', { name: /pip install/ }).uncheck();
  await expect(gallery.page.getByRole('checkbox', { name: /no longer in the notebook/ })).toBeDisabled();
  await gallery.button(/Recover from/).focus();
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({
    kind: 'recover',
    notebookId: 'recorded',
    setupCellIds: ['b', 'c', 'd', 'f'],
  });
  await expect(gallery.heading).toHaveText('Getting ready');
  await expect(gallery.heading).toBeFocused();
});

test('an inserted cell can be run or undone', async ({ gallery }) => {
  await gallery.show('lost-died');
  await gallery.button('Only insert the cell').click();
  await expect(gallery.button(/Run setup and resume/)).toBeVisible();
  await gallery.button(/Undo/).click();
  expect(await gallery.asked()).toEqual({ kind: 'undo-insert', notebookId: 'recorded' });
  await expect(gallery.button(/Recover from/)).toBeVisible();
});

test('a button keeps its place while it works, and a refusal is said', async ({ gallery }) => {
  await gallery.show('lost-died', { refuse: 'kernel-busy', delay: '400' });
  const main = gallery.button(/Recover from/);
  const before = await main.boundingBox();
  await main.click();
  await expect(main).toHaveAttribute('aria-busy', 'true');
  expect(await main.boundingBox()).toEqual(before);
  expect(await gallery.accessibilityTrouble()).toEqual([]);
  await expect(gallery.status).toHaveText(/The kernel is busy/);
  expect(await main.boundingBox()).toEqual(before);
});

test('the resume cell is copied, and selected where the browser does not allow that', async ({ gallery }) => {
  const { page } = gallery;
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: {
        writeText: async (text: string) => document.documentElement.setAttribute('data-copied', text),
      },
    });
  });
  await gallery.show('lost-copy');
  await gallery.button('Copy the cell').click();
  await expect(gallery.status).toHaveText('Copied.');
  await expect(page.locator('html')).toHaveAttribute('data-copied', /trainer\.train\(resume_from_checkpoint/);

  await page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('no')) });
  });
  await gallery.show('lost-copy');
  await gallery.button('Copy the cell').click();
  await expect(gallery.status).toHaveText(/The text is selected/);
  expect(await page.evaluate(() => String(document.getSelection()))).toContain('trainer.train(');
});

test('"Why?" explains a checkpoint that was passed over', async ({ gallery }) => {
  await gallery.show('lost-died');
  const why = gallery.button('Why? checkpoint-450');
  await why.click();
  await expect(why).toHaveAttribute('aria-expanded', 'true');
  await expect(gallery.page.getByText('optimizer.pt is cut short.')).toBeVisible();
  expect(await gallery.accessibilityTrouble()).toEqual([]);
});

test('a folder can be named where it is not known', async ({ gallery }) => {
  await gallery.show('training-folder-unknown');
  await gallery.page.getByLabel('Folder to watch').fill('  runs/a ');
  await gallery.page.keyboard.press('Enter');
  expect(await gallery.asked()).toEqual({ kind: 'watch-folder', notebookId: 'recorded', path: 'runs/a' });
  await expect(gallery.status).toHaveText('Watching it now.');
});

test('hostile names stay text', async ({ gallery }) => {
  await gallery.show('hostile');
  await expect(gallery.page.locator('main img, header img')).toHaveCount(0);
  await expect(gallery.page).toHaveTitle('Popup gallery');
  const text = await gallery.page.locator('body').innerText();
  expect(text).toContain('<img src=x');
  expect(text).not.toContain('\u202E');
  expect(text.length).toBeLessThan(2000);
});

test('the run line says in words what it shows', async ({ gallery }) => {
  await gallery.show('training-safe');
  await expect(gallery.page.locator('.run-line')).toHaveAccessibleName(
    'Step 451 of 600. Whole checkpoints at steps 200, 300, and 400. Removed: step 100. ' +
      'At risk: steps 401 to 451. Next save at step 500.',
  );
});
