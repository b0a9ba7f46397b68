import { basename, join } from 'node:path';
import { build } from 'vite';
import type { HoldfastBrowser } from '../../e2e/extension/browser.ts';
import { root } from '../../e2e/root.ts';
import type * as inPage from './in-page.ts';

declare const smallZip: typeof inPage;

/** The two ways, in a page of the extension's: there the real one makes them too. */
export interface PackPage {
  prepare(kind: inPage.Kind, megabytes: number): Promise<void>;
  pack(way: inPage.Way, kind: inPage.Kind): Promise<inPage.Packed>;
  /** Lets go of what nothing holds any more. */
  tidy(): Promise<void>;
}

export const openPackPage = async (browser: HoldfastBrowser): Promise<PackPage> => {
  const { id } = await browser.extension();
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${id}/src/popup/index.html`);
  const session = await browser.context.newCDPSession(page);
  // The extension's pages take no scripts from outside; the debugging line may.
  await session.send('Runtime.evaluate', { expression: await bundle('bench/small-zip/in-page.ts') });
  return {
    prepare: (kind, megabytes) =>
      page.evaluate(([what, much]) => smallZip.prepare(what, much), [kind, megabytes] as const),
    pack: (way, kind) => page.evaluate(([how, what]) => smallZip.pack(how, what), [way, kind] as const),
    tidy: async () => {
      await session.send('HeapProfiler.collectGarbage');
    },
  };
};

const bundle = async (entry: string): Promise<string> => {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: join(root, entry), formats: ['iife'], name: 'smallZip' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${basename(entry)} could not be bundled`);
  return chunk.code;
};
