/**
 * Draws the toolbar icons from their SVG source, with the Chromium of this machine:
 * `npx tsx scripts/render-icons.ts`. The results are committed; run it again after changing the drawing.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from './set-up/browsers.mjs';

const SIZES = [16, 32, 48, 128];
const icons = new URL('../public/icons/', import.meta.url);

const source = await readFile(new URL('holdfast.svg', icons), 'utf8');
const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium: npm run set-up');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${source}`,
    );
    await page.screenshot({ path: fileURLToPath(new URL(`${size}.png`, icons)), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
