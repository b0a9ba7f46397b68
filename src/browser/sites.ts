import { browser } from './browser.ts';

/** Origins of the manifest's own content scripts: those need no registration. */
const isBuiltIn = (origin: string): boolean => {
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === 'colab.research.google.com';
};

const patternOf = (origin: string): string => `${origin.replace(/:\d+$/, '')}/*`;
const idsOf = (origin: string): readonly string[] => [
  `page:${patternOf(origin)}`,
  `content:${patternOf(origin)}`,
];

/**
 * Asks for one more site, in answer to a click, and registers the same two scripts there as on the built-in ones. The
 * page must be loaded anew once. Ports can't be told apart in match patterns: the whole host is meant.
 */
export const enableSite = async (origin: string): Promise<boolean> => {
  const granted = await browser.permissions.request({ origins: [patternOf(origin)] });
  if (granted) await registerSite(origin);
  return granted;
};

export const isEnabled = async (origin: string): Promise<boolean> =>
  isBuiltIn(origin) || (await browser.permissions.contains({ origins: [patternOf(origin)] }));

const registerSite = async (origin: string): Promise<void> => {
  const ids = idsOf(origin);
  const there = await browser.scripting.getRegisteredContentScripts({ ids: [...ids] });
  if (there.length > 0) return;
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  await browser.scripting.registerContentScripts(
    scripts.map(({ js = [] }, index) => ({
      id: ids[index] ?? `extra-${index}:${patternOf(origin)}`,
      js: [...js],
      matches: [patternOf(origin)],
      runAt: 'document_start',
      persistAcrossSessions: true,
      // The first script of the manifest is the page's own world, see manifest.json.
      ...(index === 0 ? { world: 'MAIN' } : {}),
    })),
  );
};

/** The user took a site back in the browser's settings. */
export const forgetSites = async (origins: readonly string[]): Promise<void> => {
  const gone = new Set(
    origins.map((pattern) => pattern.replace(/\/\*$/, '')).flatMap((origin) => idsOf(origin)),
  );
  const there = await browser.scripting.getRegisteredContentScripts();
  const ids = there.map(({ id }) => id).filter((id) => gone.has(id));
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
};
