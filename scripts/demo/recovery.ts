import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldfastBrowser } from '../../e2e/extension/browser.ts';
import { popupPage } from '../../e2e/extension/popup-page.ts';
import type { NotebookPage } from '../../e2e/jupyter/notebook-page.ts';
import { until } from '../../e2e/until.ts';
import { root } from '../../e2e/root.ts';
import type { Transcript } from './transcript.ts';

export interface LostRun {
  readonly browser: HoldfastBrowser;
  readonly notebook: NotebookPage;
  /** The training cell's index. */
  readonly cell: number;
  readonly transcript: Transcript;
}

const pictures = join(root, 'artifacts/demo');

/** From the dead kernel to the finished run, by the extension alone: what a person clicks in the popup. */
export const recover = async ({ browser, notebook, cell, transcript }: LostRun): Promise<void> => {
  await mkdir(pictures, { recursive: true });
  const popup = popupPage(await browser.openPopup(notebook.page));
  await popup.page.setViewportSize({ width: 360, height: 600 });
  await popup.says(/^Stopped at step \d+$/);
  const extension = await browser.extension();
  const [notification] = await until('a notification', async () => {
    const shown = await extension.recordedNotifications();
    return shown.length > 0 && shown;
  });
  transcript.say(`notification: ${notification?.title}. ${notification?.message}`);
  await notebook.dismissKernelRestarting();
  await popup.page.getByRole('button', { name: /Run setup and resume/ }).waitFor();
  await popup.page.screenshot({ path: join(pictures, 'popup-lost.png') });
  await notebook.page.screenshot({ path: join(pictures, 'notebook-lost.png') });
  const source = (await notebook.save())[cell + 1]?.source ?? '';
  transcript.say(`Holdfast inserted below the training cell: ${source.split('\n').at(-1)}`);
  await popup.press(/Run setup and resume/);
  transcript.say('one click: setup cells, then the resume cell');
  await popup.says(/^Finished, step \d+$/, { timeoutMs: 180_000 });
  await popup.page.screenshot({ path: join(pictures, 'popup-finished.png') });
  await notebook.page.screenshot({ path: join(pictures, 'notebook-finished.png') });
  transcript.say('the run has finished; pictures lie in artifacts/demo');
};
