import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import * as v from 'valibot';
import {
  holdfastPages,
  leaveDownloadsToTheBrowser,
  type HoldfastPages,
} from '../../e2e/extension/browser.ts';
import {
  chromiumProgram,
  extensionFlags,
  preferDownloadsTo,
  quietFlags,
} from '../../e2e/extension/chromium-flags.ts';
import { killNow, processesWith } from '../../e2e/jupyter/processes.ts';
import { until } from '../../e2e/until.ts';

/**
 * A Chromium that works as it does at home, with no debugger attached. Playwright listens to the network of everything it
 * is attached to, and for that the browser keeps what arrives (up to 100 MB a renderer): receiving 600 MB in parts of 8 MiB
 * cost 2.0 to 2.4 s of a core then, and 0.6 to 1.0 s otherwise. It is attached to begin something, and to ask what became of it.
 */
export interface UnwatchedBrowser extends AsyncDisposable {
  readonly profile: string;
  /** Attaches, does something, and lets go. */
  visit<T>(what: (pages: HoldfastPages) => Promise<T>): Promise<T>;
  /** Waits until a page whose address holds `address` has a title that begins with `begin`; answers the rest of the title. */
  titled(address: string, begin: string, timeoutMs: number): Promise<string>;
}

const LOOK_MS = 25;

/** @param profile A folder that is not there yet. */
export const launchUnwatched = async (
  profile: string,
  options: { readonly withExtension: boolean; readonly downloadsTo: string },
): Promise<UnwatchedBrowser> => {
  await preferDownloadsTo(profile, options.downloadsTo);
  const extension = options.withExtension ? await extensionFlags() : [];
  const own = [
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    // As large as that of the tests: JupyterLab hides its toolbar's buttons in a small one.
    '--window-size=1280,900',
    ...foreground,
  ];
  spawn(chromiumProgram(), [...own, ...quietFlags, ...extension, 'about:blank'], { stdio: 'ignore' });
  const port = await until('the browser', () => portOf(profile));
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    profile,
    async visit(what) {
      const browser = await chromium.connectOverCDP(endpoint);
      try {
        const [context] = browser.contexts();
        if (context === undefined) throw new Error('the browser has no pages');
        await leaveDownloadsToTheBrowser(context);
        return await what(holdfastPages(context));
      } finally {
        await browser.close();
      }
    },
    async titled(address, begin, timeoutMs) {
      const look = async () =>
        (await targetsOf(endpoint)).find(
          ({ url, title }) => url.includes(address) && title.startsWith(begin),
        );
      const { title } = await until(`"${begin}"`, look, { timeoutMs, intervalMs: LOOK_MS });
      return title.slice(begin.length);
    },
    async [Symbol.asyncDispose]() {
      for (const { pid } of await processesWith(profile)) killNow(pid);
    },
  };
};

/** A page that is not in front is slowed down by the browser, and nobody sees one of these. */
const foreground = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

const portOf = async (profile: string): Promise<string | undefined> =>
  (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')[0] || undefined;

const targetsSchema = v.array(v.object({ url: v.string(), title: v.string() }));

/** A list that the browser gives to anybody, without a debugger. */
const targetsOf = async (endpoint: string): Promise<v.InferOutput<typeof targetsSchema>> =>
  v.parse(targetsSchema, await (await fetch(`${endpoint}/json/list`)).json());
