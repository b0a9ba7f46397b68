import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, isAbsolute, join } from 'node:path';
import { aptInstall, canAptInstall } from './apt.mjs';
import { ask, attempt, root, say, SetUpError } from './step.mjs';

/**
 * A Chromium that loads an unpacked extension from its command line, or undefined. Branded Google Chrome is
 * not asked: it ignores --load-extension since 137
 * (https://groups.google.com/a/chromium.org/g/chromium-extensions/c/1-g8EFx2BBY).
 */
export const findChromium = () =>
  find('HOLDFAST_CHROMIUM', isChromium, [
    playwrightChromium(),
    'chromium',
    'chromium-browser',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]);

/** A Firefox, ESR first: it is the older of the two and so the stricter test. */
export const findFirefox = () =>
  find('HOLDFAST_FIREFOX', isFirefox, [
    'firefox-esr',
    'firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);

/** Finds a Chromium or brings one: by Playwright, else from Debian's packages. */
export const chromiumBrowser = async () => {
  if (findChromium() !== undefined) return;
  say('no Chromium here: asking Playwright for its own (npx playwright install chromium)');
  const download = await attempt('npx', ['playwright', 'install', 'chromium'], {
    progress: 'downloading Chromium',
  });
  if (download.ok && findChromium() !== undefined) return;
  if (canAptInstall()) {
    say('Playwright could not bring one');
    await aptInstall('chromium');
    if (findChromium() !== undefined) return;
  }
  throw new SetUpError(
    'No Chromium found and none could be installed; install Chromium (not Google Chrome) or set HOLDFAST_CHROMIUM to its program.',
  );
};

/** Finds a Firefox or installs Debian's. */
export const firefoxBrowser = async () => {
  if (findFirefox() !== undefined) return;
  if (canAptInstall()) {
    await aptInstall('firefox-esr');
    if (findFirefox() !== undefined) return;
  }
  throw new SetUpError(
    'No Firefox found and none could be installed; install Firefox 140 or newer or set HOLDFAST_FIREFOX to its program.',
  );
};

/**
 * @param {string} variable
 * @param {(version: string) => boolean} fits
 * @param {(string | undefined)[]} candidates
 */
const find = (variable, fits, candidates) => {
  const works = (/** @type {string | undefined} */ program) =>
    program !== undefined && fits(ask(program, ['--version']) ?? '');
  const named = process.env[variable];
  if (named === undefined) return candidates.map(absolute).find(works);
  const program = absolute(named);
  if (works(program)) return program;
  throw new SetUpError(`${variable} is ${named}, and that is no browser this project can use.`);
};

/** Where a program is: the browser drivers want its whole path. */
const absolute = (/** @type {string | undefined} */ program) => {
  if (program === undefined || isAbsolute(program)) return program;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
};

const isChromium = (/** @type {string} */ version) =>
  /^(Chromium|Google Chrome for Testing) \d/m.test(version);

const isFirefox = (/** @type {string} */ version) => /^Mozilla Firefox \d/m.test(version);

/** Where Playwright keeps its own Chromium, if it has one. Asked of the package, which may not be installed. */
const playwrightChromium = () => {
  try {
    const { chromium } = createRequire(join(root, 'package.json'))('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
};
