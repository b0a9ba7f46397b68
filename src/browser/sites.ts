import { browser } from './browser.ts';

/** Origins of the manifest's own content scripts: those need no registration. */
const isBuiltIn = (origin: string): boolean => {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === 'colab.research.google.com';
};

const patternOf = (origin: string): string => `${origin.replace(/:\d+$/, '')}/*`;
const idsOf = (pattern: string): readonly string[] => [`page:${pattern}`, `content:${pattern}`];

/**
 * Asks for one more site, in answer to a click. Ports can't be told apart in match patterns: the whole host is meant.
 * What comes after the answer is done by `registerSites`, because the browser's question may close the popup.
 */
export const askForSite = (origin: string): Promise<boolean> =>
  browser.permissions.request({ origins: [patternOf(origin)] });

export const isEnabled = async (origin: string): Promise<boolean> =>
  isBuiltIn(origin) || (await browser.permissions.contains({ origins: [patternOf(origin)] }));

/**
 * Sites were granted, by our own question or in the browser's settings: registers the same two scripts there as on the
 * built-in ones. A page that is open already must be loaded anew once.
 */
export const registerSites = async (patterns: readonly string[]): Promise<void> => {
  for (const pattern of patterns) await registerSite(pattern);
};

const registerSite = async (pattern: string): Promise<void> => {
  const ids = idsOf(pattern);
  const there = await browser.scripting.getRegisteredContentScripts({ ids: [...ids] });
  if (there.length > 0) return;
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  // The first script of the manifest is the page's own world, the second ours; what follows is for Colab's frames.
  await browser.scripting.registerContentScripts(
    ids.map((id, index) => ({
      id,
      js: (scripts[index]?.js ?? []).map(pathInPackage),
      matches: [pattern],
      runAt: 'document_start',
      persistAcrossSessions: true,
      ...(index === 0 ? { world: 'MAIN' } : {}),
    })),
  );
};

/** Firefox gives the manifest back with whole addresses, and takes only paths. */
const pathInPackage = (file: string): string =>
  new URL(file, browser.runtime.getURL('')).pathname.replace(/^\//, '');

/** The user took sites back in the browser's settings. */
export const forgetSites = async (patterns: readonly string[]): Promise<void> => {
  const gone = new Set(patterns.flatMap(idsOf));
  const there = await browser.scripting.getRegisteredContentScripts();
  const ids = there.map(({ id }) => id).filter((id) => gone.has(id));
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
};
