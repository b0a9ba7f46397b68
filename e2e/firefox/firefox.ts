import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../../scripts/set-up/browsers.mjs';
import { otherHost } from '../jupyter/server-configuration.ts';
import { root } from '../root.ts';
import { until } from '../until.ts';

/** Firefox's own API as a page of the extension has it. */
declare const browser: {
  readonly permissions: {
    request(permissions: { origins: readonly string[] }): Promise<boolean>;
    remove(permissions: { origins: readonly string[] }): Promise<boolean>;
  };
  readonly scripting: {
    getRegisteredContentScripts(): Promise<
      readonly { readonly id: string; readonly js?: readonly string[] }[]
    >;
  };
  readonly tabs: {
    query(query: object): Promise<readonly { readonly id?: number; readonly url?: string }[]>;
  };
};

/** The id in manifest.json, and the host its pages get here: Firefox would choose a new one for every profile. */
const extensionId = 'holdfast@holdfast.example';
const extensionHost = 'b1a5c0de-0000-4000-8000-000000000001';

/** A Firefox with a profile of its own and dist/firefox installed. `await using` closes it. */
export interface HoldfastFirefox extends AsyncDisposable {
  readonly browser: Browser;
  readonly newPage: () => Promise<Page>;
  /** Opens a page of the extension, by its path in the package. */
  readonly openExtensionPage: (path: string) => Promise<Page>;
  /** The popup as it is for a tab, as a page of its own that is told its tab in the address. */
  readonly openPopup: (of: Page) => Promise<Page>;
  /** What the "Enable" button asks the browser for. Its own prompt is answered with yes, see below. */
  readonly allowSite: (pattern: string) => Promise<boolean>;
  /** What the browser's settings do when the user takes a site back there. */
  readonly takeSiteBack: (pattern: string) => Promise<void>;
  /** Files of the scripts that run on sites which were allowed. */
  readonly scriptsOnSites: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/**
 * Playwright's Firefox takes no extensions, so this one is driven by Puppeteer over WebDriver BiDi.
 * Host permissions of a Manifest V3 extension are not given at installation when it is installed this way;
 * the preference says that they are.
 */
export const launchFirefox = async ({
  downloadsTo,
}: { readonly downloadsTo?: string } = {}): Promise<HoldfastFirefox> => {
  const folder = join(root, 'dist/firefox');
  await access(join(folder, 'manifest.json')).catch(() => {
    throw new Error('dist/firefox is not built: npm run build');
  });
  const executablePath = findFirefox();
  if (executablePath === undefined) throw new Error('no Firefox: npm run set-up');
  const firefox = await launch({
    browser: 'firefox',
    executablePath,
    headless: process.env['HOLDFAST_HEADED'] !== '1',
    // Without this WebDriver refuses to open pages of extensions.
    args: ['--remote-allow-system-access'],
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: extensionHost }),
      'extensions.originControls.grantByDefault': true,
      // A question of the browser's own cannot be answered from here: `permissions.request` is a yes.
      'extensions.webextOptionalPermissionPrompts': false,
      'network.dns.localDomains': otherHost,
      ...(downloadsTo === undefined
        ? {}
        : { 'browser.download.folderList': 2, 'browser.download.dir': downloadsTo }),
    },
  });
  await firefox.installExtension(folder);
  const close = () => firefox.close();
  const openExtensionPage = async (path: string) => {
    const page = await firefox.newPage();
    await goToExtensionPage(page, `moz-extension://${extensionHost}/${path}`);
    return page;
  };
  return {
    browser: firefox,
    newPage: () => firefox.newPage(),
    openExtensionPage,
    openPopup: async (of) => {
      const popup = await openExtensionPage('src/popup/index.html');
      const tabId = await tabIdOf(popup, of.url());
      await goToExtensionPage(popup, `moz-extension://${extensionHost}/src/popup/index.html?tab=${tabId}`);
      return popup;
    },
    allowSite: async (pattern) => {
      const page = await openExtensionPage('src/popup/index.html');
      // Only in answer to a click. The popup of a tab without a site has no button to click.
      await page.evaluate((origin) => {
        document.addEventListener('click', async () => {
          document.title = String(await browser.permissions.request({ origins: [origin] }));
        });
      }, pattern);
      await page.locator('h1').click();
      const given = await until('the answer to the question', async () => {
        const title = await page.title();
        return title === 'true' || title === 'false' ? { answer: title === 'true' } : undefined;
      });
      await page.close();
      return given.answer;
    },
    takeSiteBack: async (pattern) => {
      const page = await openExtensionPage('src/popup/index.html');
      await page.evaluate((origin) => browser.permissions.remove({ origins: [origin] }), pattern);
      await page.close();
    },
    scriptsOnSites: async () => {
      const page = await openExtensionPage('src/popup/index.html');
      const scripts = await page.evaluate(() => browser.scripting.getRegisteredContentScripts());
      await page.close();
      return scripts.flatMap(({ js = [] }) => js);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};

/**
 * WORKAROUND(Firefox 153): the page changes to the extensions' process and its load is never told to who
 * navigated, so the page itself is asked. Remove when `goto` returns.
 */
const goToExtensionPage = async (page: Page, address: string): Promise<void> => {
  page.goto(address).catch(() => undefined);
  await until(`${address} to be loaded`, () =>
    page
      .evaluate((wanted) => location.href === wanted && document.readyState === 'complete', address)
      .catch(() => false),
  );
};

/** Firefox's match patterns know no ports, so all tabs are asked for and compared. */
const tabIdOf = async (extensionPage: Page, address: string): Promise<number> => {
  const tabs = await extensionPage.evaluate(() => browser.tabs.query({}));
  const ids = tabs.filter(({ url }) => url === address).map(({ id }) => id);
  if (ids.length !== 1 || ids[0] === undefined)
    throw new Error(`${ids.length} tabs show ${address}, not one`);
  return ids[0];
};
