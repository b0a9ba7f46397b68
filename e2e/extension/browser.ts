import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page, type Worker } from '@playwright/test';
import { killNow, processesWith } from '../jupyter/processes.ts';
import { chromiumProgram, extensionFlags, preferDownloadsTo, quietFlags } from './chromium-flags.ts';
import { extensionWorker, type ExtensionWorker } from './extension-worker.ts';

export interface BrowserOptions {
  /** Requests for a host name (`*.example.com`: all under it) go to the port on this machine, whatever certificate it shows. */
  readonly hostsToPorts?: Readonly<Record<string, number>>;
  /** Where downloads go; without it there are none. */
  readonly downloadsTo?: string;
  /** The profile's folder, to open a browser again as it was; it is left there. Otherwise a new one. */
  readonly profile?: string;
  /** Shown on a screen. By default when HOLDFAST_HEADED is 1. */
  readonly headed?: boolean;
  /** Whether the built extension is loaded. By default it is. */
  readonly withExtension?: boolean;
}

/** The pages of a browser, and the extension among them. */
export interface HoldfastPages {
  readonly context: BrowserContext;
  readonly newPage: () => Promise<Page>;
  /** The extension's background. Throws when the browser was started without the extension. */
  readonly extension: () => Promise<ExtensionWorker>;
  /**
   * The popup as it is for a tab. A toolbar popup cannot be opened from outside, so it comes as a page of its
   * own that is told its tab in the address.
   */
  readonly openPopup: (of: Page) => Promise<Page>;
}

/** A Chromium with a profile of its own. `await using` closes it. */
export interface HoldfastBrowser extends HoldfastPages, AsyncDisposable {
  /** Ends the extension's background as the browser does when it was idle for a while; any event starts it again. */
  readonly endBackground: (extensionPage: Page) => Promise<void>;
  readonly close: () => Promise<void>;
  /** `kill -9` of the browser with all its processes. */
  readonly kill: () => Promise<void>;
}

export const launchBrowser = async (options: BrowserOptions = {}): Promise<HoldfastBrowser> => {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'holdfast-chromium-')));
  if (options.downloadsTo !== undefined) await preferDownloadsTo(profile, options.downloadsTo);
  const { withExtension = true, headed = process.env['HOLDFAST_HEADED'] === '1' } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumProgram(),
    headless: !headed,
    ignoreHTTPSErrors: options.hostsToPorts !== undefined,
    locale: 'en-US',
    viewport: { width: 1280, height: 900 },
    // Playwright's own headless mode and its --disable-extensions would leave the extension out.
    ignoreDefaultArgs: ['--headless', '--disable-extensions'],
    args: [
      ...(headed ? [] : ['--headless=new']),
      ...quietFlags,
      ...hostFlags(options.hostsToPorts),
      ...(withExtension ? await extensionFlags() : []),
    ],
  });
  if (options.downloadsTo !== undefined) await leaveDownloadsToTheBrowser(context);
  const close = async () => {
    await context.close();
    if (options.profile === undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    ...holdfastPages(context),
    endBackground: async (extensionPage) => {
      const session = await context.newCDPSession(extensionPage);
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    },
    close,
    kill: async () => {
      for (const { pid } of await processesWith(profile)) killNow(pid);
      await context.close().catch(() => undefined);
    },
    [Symbol.asyncDispose]: close,
  };
};

export const holdfastPages = (context: BrowserContext): HoldfastPages => {
  const extension = async () => extensionWorker(await serviceWorker(context));
  return {
    context,
    newPage: async () => firstBlankPage(context) ?? context.newPage(),
    extension,
    openPopup: async (of) => {
      const background = await extension();
      const tabId = await background.tabIdOf(of);
      const popup = await context.newPage();
      await popup.goto(`chrome-extension://${background.id}/src/popup/index.html?tab=${tabId}`);
      return popup;
    },
  };
};

/** Playwright would put them into a folder of its own, under other names. */
export const leaveDownloadsToTheBrowser = async (context: BrowserContext): Promise<void> => {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  await session.send('Browser.setDownloadBehavior', { behavior: 'default' });
  await session.detach();
};

const hostFlags = (hostsToPorts: Readonly<Record<string, number>> = {}): string[] => {
  const rules = Object.entries(hostsToPorts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  // Playwright's ignoreHTTPSErrors does not reach an extension's service worker.
  return rules.length === 0
    ? []
    : [`--host-resolver-rules=${rules.join(',')}`, '--ignore-certificate-errors'];
};

const serviceWorker = async (context: BrowserContext): Promise<Worker> =>
  context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker', { timeout: 60_000 });

const firstBlankPage = (context: BrowserContext): Page | undefined =>
  context.pages().find((page) => page.url() === 'about:blank');
