import { test as base } from '@playwright/test';
import { findChromium } from '../../scripts/set-up/browsers.mjs';
import { GalleryPage } from './gallery.page.ts';
import { serveGallery, type GalleryServer } from './gallery-server.ts';

const executablePath = findChromium();

/** Tests over the gallery of popup states, in a browser that speaks English. */
export const test = base.extend<{ gallery: GalleryPage }, { server: GalleryServer }>({
  locale: 'en-US',
  launchOptions: [
    { args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) },
    { scope: 'worker' },
  ],
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
    async ({}, use) => {
      const server = await serveGallery();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  gallery: async ({ page, server }, use) => use(new GalleryPage(page, server)),
});
