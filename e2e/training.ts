import type { HoldfastBrowser } from './extension/browser.ts';
import { popupPage, type PopupPage } from './extension/popup-page.ts';
import type { OpenNotebook } from './fixtures.ts';
import type { NotebookPage } from './jupyter/notebook-page.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { indexOf, type Notebook } from './notebooks/notebook.ts';

/** A notebook of a known content, wherever it runs. */
type KnownNotebook = NotebookPage & { readonly notebook: Notebook };

/** Runs the cells above, opens the popup beside the notebook, and starts the training cell. */
export const train = async (notebook: KnownNotebook, browser: HoldfastBrowser): Promise<PopupPage> => {
  const training = indexOf(notebook.notebook, trainingCell);
  await notebook.runAllAbove(training, { timeoutMs: 120_000 });
  const popup = popupPage(await browser.openPopup(notebook.page));
  await notebook.page.bringToFront();
  await notebook.start(training);
  return popup;
};

/** Waits until the page shows a step of the training cell. */
export const reach = async (notebook: KnownNotebook, step: number): Promise<void> => {
  await notebook.waitForStep(indexOf(notebook.notebook, trainingCell), step);
};

/** Kills the kernel in the midst of training, and clicks the page's own box away once the popup knows. */
export const kill = async (notebook: OpenNotebook, popup: PopupPage): Promise<void> => {
  await notebook.server.killKernel(await notebook.kernelId());
  await popup.says(/^Stopped at step \d+$/);
  await notebook.dismissKernelRestarting();
};

/** What stands directly below the training cell, as the notebook is saved. */
export const cellBelow = async (notebook: KnownNotebook): Promise<string> =>
  (await notebook.save())[indexOf(notebook.notebook, trainingCell) + 1]?.source ?? '';
