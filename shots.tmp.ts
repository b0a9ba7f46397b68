import { chromium } from 'playwright';
import { findChromium } from './scripts/set-up/browsers.mjs';
import { serveGallery } from './e2e/popup/gallery-server.ts';
const server = await serveGallery();
const executablePath = findChromium();
const b = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) });
const [dir, ...states] = process.argv.slice(2);
for (const scheme of ['light', 'dark'] as const) {
  const p = await b.newPage({ viewport: { width: 360, height: 600 }, colorScheme: scheme, locale: 'en-US' });
  for (const s of states) {
    await p.goto(server.address({ state: s }));
    await p.getByRole('heading', { level: 1 }).waitFor();
    const d = p.locator('.disclosure-button').first();
    if (await d.count()) await d.click();
    const show = p.getByRole('button', { name: /^Show: Keep/ });
    if (await show.count()) await show.click();
    await p.screenshot({ path: `${dir}/${s}-${scheme}.png`, fullPage: true });
  }
}
await b.close(); await server.close();
