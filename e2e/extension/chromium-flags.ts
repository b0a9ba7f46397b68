import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from '../../scripts/set-up/browsers.mjs';
import { root } from '../root.ts';

export const chromiumProgram = (): string => {
  const found = findChromium();
  if (found === undefined) throw new Error('no Chromium: npm run set-up');
  return found;
};

/** As root there is no sandbox to be had; the rest keeps the browser from calling home. */
export const quietFlags = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Loads the built extension. */
export const extensionFlags = async (): Promise<string[]> => {
  const folder = join(root, 'dist/chrome');
  await access(join(folder, 'manifest.json')).catch(() => {
    throw new Error('dist/chrome is not built: npm run build');
  });
  return [`--load-extension=${folder}`, `--disable-extensions-except=${folder}`];
};

/** Tells a profile that is not there yet where downloads go. */
export const preferDownloadsTo = async (profile: string, folder: string): Promise<void> => {
  await mkdir(join(profile, 'Default'), { recursive: true });
  const preferences = { download: { default_directory: folder, prompt_for_download: false } };
  const file = join(profile, 'Default/Preferences');
  // A profile that was used has preferences of its own, and these among them.
  await writeFile(file, JSON.stringify(preferences), { flag: 'wx' }).catch(() => undefined);
};
