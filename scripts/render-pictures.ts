/**
 * Takes the pictures of the documents anew, popup and dashboard in light and dark, with the Chromium of this machine:
 * `npx tsx scripts/render-pictures.ts`. The results are committed; run it again when what they show has changed.
 */
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { expectDrawn, openDashboard } from '../e2e/dashboard/dashboard-page.ts';
import { seededRun, seedHistory } from '../e2e/dashboard/seeded-history.ts';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { serveGallery } from '../e2e/popup/gallery-server.ts';
import { root } from '../e2e/root.ts';
import { buildChrome } from './builds.ts';
import { run } from './program.ts';
import { findChromium } from './set-up/browsers.mjs';

const SCHEMES = ['light', 'dark'] as const;
const picture = (name: string): string => join(root, 'docs/images', `${name}.png`);

/** The popup from before the run to after it, and what is opened in it. */
const STATES = [
  'plan-never-before-end', 'settings-offered', 'training-safe', 'training-unsaved',
  'save-done', 'storage-two-more', 'keeping-offer', 'lost-died',
  'recovering-setup', 'lost-machine-plan', 'home-moving', 'use-inserted',
]; // prettier-ignore
const OPENED = [/^Change how it saves$/, /^Use or compare checkpoints…$/];

const takePopup = async (): Promise<void> => {
  const gallery = await serveGallery();
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: npm run set-up');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    for (const theme of SCHEMES) {
      const page = await browser.newPage({
        colorScheme: theme,
        viewport: { width: 1588, height: 900 },
      });
      await page.goto(gallery.address({ states: STATES.join(','), theme }));
      for (const name of OPENED)
        await page
          .locator('.sheet-state')
          .filter({ has: page.getByRole('button', { name }) })
          .last()
          .getByRole('button', { name })
          .click();
      await page.mouse.move(0, 0);
      await page.evaluate(() =>
        document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null,
      );
      await page.screenshot({ path: picture(`popup-${theme}`), fullPage: true });
      await page.close();
    }
    const page = await browser.newPage({ viewport: { width: 360, height: 600 }, deviceScaleFactor: 2 });
    await page.goto(gallery.address({ state: 'training-safe' }));
    await page.locator('main').waitFor();
    await page.screenshot({ path: picture('popup-training'), fullPage: true });
  } finally {
    await browser.close();
    await gallery.close();
  }
};

const lost = {
  kind: 'lost',
  at: Date.UTC(2026, 10, 28, 11, 15),
  cause: 'machine-replaced',
  disk: 'empty',
  kernel: 'away',
} as const;
const failed = {
  kind: 'stopped',
  at: Date.UTC(2026, 10, 28, 9, 1),
  reason: { kind: 'error', name: 'OutOfMemoryError', message: '' },
} as const;
/** Evaluation losses of a run that learns so much worse than another. */
const evaluated = (worse: number): readonly (readonly [number, number])[] =>
  [1.1, 0.75, 0.62, 0.5, 0.46, 0.44].map((loss, index) => [100 * (index + 1), loss + worse]);

const seed = (page: Page): Promise<void> =>
  seedHistory(page, [
    {
      run: seededRun(0, {
        notebookName: 'whisper-small.ipynb',
        phase: failed,
        checkpoints: [],
        step: 40,
        safeStep: null,
        safeName: null,
      }),
      points: 4,
      everySteps: 10,
      evaluations: [],
    },
    { run: seededRun(1), points: 600, everySteps: 1, evaluations: evaluated(0) },
    {
      run: seededRun(2, {
        phase: lost,
        checkpoints: seededRun(2).checkpoints.slice(0, 2),
        step: 451,
        safeStep: 400,
        safeName: 'checkpoint-400',
      }),
      points: 451,
      everySteps: 1,
      evaluations: evaluated(0.1).slice(0, 4),
    },
    {
      run: seededRun(3, { before: { runId: 'run-2', step: 400, name: 'checkpoint-400' } }),
      points: 60,
      everySteps: 10,
      evaluations: evaluated(0.2),
    },
  ]);

const takeDashboard = async (): Promise<void> => {
  await using browser = await launchBrowser();
  const board = await openDashboard(browser);
  const { page } = board;
  await page.evaluate('globalThis.__name = (named) => named');
  await page.setViewportSize({ width: 1440, height: 1000 });
  await seed(page);
  await page.reload();
  const unticked = page.getByRole('checkbox', { name: /gemma_lora/, checked: false });
  await board
    .tick(/gemma_lora/)
    .nth(2)
    .waitFor();
  while ((await unticked.count()) > 0) await unticked.first().click();
  await page.getByLabel('Smooth').check();
  await expectDrawn(board);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expectDrawn(board);
    await page.waitForTimeout(500);
    await page.screenshot({ path: picture(`dashboard-${colorScheme}`), fullPage: true });
  }
};

if ((await run(buildChrome)) !== 0) throw new Error('the extension could not be built');
await takePopup();
await takeDashboard();
