import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import type { HoldfastPages } from '../extension/browser.ts';

/** The page that compares runs, found by its roles and words. */
export interface DashboardPage {
  readonly page: Page;
  readonly chart: Locator;
  /** Of a run, by a part of its name. */
  readonly tick: (name: RegExp) => Locator;
  readonly checkpoints: Locator;
  readonly arguments: Locator;
  /** Presses a button and reads what comes among the downloads. */
  readonly download: (button: string) => Promise<Buffer>;
  /** What axe finds in light and in dark. */
  readonly trouble: () => Promise<readonly string[]>;
  /** How far the page is wider than its window, in pixels. */
  readonly overflow: () => Promise<number>;
}

export const openDashboard = async (browser: HoldfastPages, query = ''): Promise<DashboardPage> => {
  const { id } = await browser.extension();
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${id}/src/dashboard/index.html${query}`);
  return dashboardPage(page);
};

export const dashboardPage = (page: Page): DashboardPage => ({
  page,
  chart: page.getByRole('group', { name: 'Chart of the losses over the steps' }),
  tick: (name) => page.getByRole('checkbox', { name }),
  checkpoints: page.getByRole('region', { name: 'Checkpoints' }),
  arguments: page.getByRole('region', { name: 'Arguments' }),
  download: async (button) => {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    return readFile(await (await coming).path());
  },
  trouble: async () => {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      found.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target }) => `${colorScheme}: ${id} ${target.join(' ')}`),
        ),
      );
    }
    return found;
  },
  overflow: () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
});

/** Waits until the chart has drawn something: a canvas with other colours than its ground. */
export const expectDrawn = async ({ chart }: DashboardPage): Promise<void> => {
  await expect
    .poll(() =>
      chart.locator('canvas').evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0;
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const colours = new Set<number>();
        for (let at = 0; at < pixels.length; at += 4)
          if ((pixels[at + 3] ?? 0) > 250)
            colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
        return colours.size;
      }),
    )
    .toBeGreaterThan(3);
};
