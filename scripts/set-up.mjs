import { archiveReaders } from './set-up/archive-readers.mjs';
import { chromiumBrowser, findChromium, findFirefox, firefoxBrowser } from './set-up/browsers.mjs';
import { colabEnvironment, pastColabEnvironment } from './set-up/colab-environment.mjs';
import { jupyterArchive } from './set-up/jupyter-archive.mjs';
import { npmPackages } from './set-up/npm-packages.mjs';
import { pythonEnvironment } from './set-up/python-environment.mjs';

/**
 * What a command may need before it can run, each made only when it is missing. Plain JavaScript without
 * packages: it runs right after `git clone`.
 */
export const steps = {
  packages: npmPackages,
  python: pythonEnvironment,
  colab: colabEnvironment,
  pastColab: pastColabEnvironment,
  jupyterArchive,
  chromium: chromiumBrowser,
  firefox: firefoxBrowser,
  archiveReaders,
};

/** Every step, in the order in which one may need another. */
export const everything = [
  steps.packages,
  steps.python,
  steps.colab,
  steps.pastColab,
  steps.chromium,
  steps.firefox,
  steps.archiveReaders,
];

export { findChromium, findFirefox };
