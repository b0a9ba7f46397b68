import { test as base } from '@playwright/test';
import { launchBrowser, type HoldfastBrowser } from '../extension/browser.ts';
import { openColab, type ColabPage } from './colab-page.ts';
import { startColabStandIn, type ColabOptions, type ColabStandIn } from './stand-in.ts';

/** A stand-in, a browser that takes it for Colab, and the notebook's page. */
export interface OpenColab extends ColabPage {
  readonly standIn: ColabStandIn;
  readonly browser: HoldfastBrowser;
}

interface Fixtures {
  /** Whether the built extension is in the browser. */
  readonly withExtension: boolean;
  /** Where the browser's downloads go; `null`: there are none. */
  readonly downloads: string | null;
  /** Starts a stand-in with a browser and opens the notebook. All is ended after the test, with the machines. */
  readonly openColab: (options: ColabOptions) => Promise<OpenColab>;
}

export const test = base.extend<Fixtures>({
  withExtension: [true, { option: true }],
  downloads: [null, { option: true }],
  openColab: async ({ withExtension, downloads }, use, testInfo) => {
    const opened: OpenColab[] = [];
    await use(async (options) => {
      const standIn = await startColabStandIn(options);
      const browser = await launchBrowser({
        withExtension,
        hostsToPorts: standIn.hostsToPorts,
        ...(downloads === null ? {} : { downloadsTo: downloads }),
      });
      await browser.context.tracing.start({ screenshots: false, snapshots: true, title: testInfo.title });
      const open = { ...(await openColab(await browser.newPage(), standIn)), standIn, browser };
      opened.push(open);
      return open;
    });
    const failed = testInfo.status !== testInfo.expectedStatus;
    for (const [index, { standIn, browser }] of opened.entries()) {
      const path = testInfo.outputPath(`trace-${index}.zip`);
      await browser.context.tracing.stop(failed ? { path } : {});
      await browser.close();
      await standIn.stop();
    }
  },
});

export { expect } from '@playwright/test';
