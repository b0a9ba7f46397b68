import { popupPage } from '../../e2e/extension/popup-page.ts';
import { until } from '../../e2e/until.ts';
import { takePictures } from './pictures.ts';
import type { Stage } from './place.ts';
import type { Transcript } from './transcript.ts';

/**
 * From the dead kernel to the finished run, by the extension alone: what a person clicks in the popup.
 * @param cell the training cell
 * @param last the name of the run's last checkpoint
 */
export const recover = async (
  stage: Stage,
  { cell, last }: { readonly cell: number; readonly last: string },
  transcript: Transcript,
): Promise<void> => {
  const { browser, notebook } = stage;
  const popup = popupPage(await browser.openPopup(notebook.page));
  await popup.page.setViewportSize({ width: 360, height: 600 });
  await popup.says(/^Stopped at step \d+$/);
  transcript.say(`popup: ${await popup.page.getByRole('heading', { level: 1 }).innerText()}`);
  const extension = await browser.extension();
  const [notification] = await until('a notification', async () => {
    const shown = await extension.recordedNotifications();
    return shown.length > 0 && shown;
  });
  transcript.say(`notification: ${notification?.title}. ${notification?.message}`);
  await stage.readNotice();
  await popup.page.getByRole('button', { name: /Run setup and resume/ }).waitFor();
  await stage.show(cell + 1);
  await takePictures(stage, popup.page, 'lost');
  const source = (await notebook.save())[cell + 1]?.source ?? '';
  transcript.say(`Holdfast inserted below the training cell: ${source.split('\n').at(-1)}`);
  await popup.press(/Run setup and resume/);
  transcript.say('one click: setup cells, then the resume cell');
  await popup.says(/^Finished, step \d+$/, { timeoutMs: 180_000 });
  await popup.page
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`${last}.*(?<!proven )whole$`) })
    .waitFor({ timeout: 60_000 });
  transcript.say(`popup: ${last} is whole`);
  // With the cell below in view, the resume cell's output is too.
  await stage.show(cell + 2);
  await takePictures(stage, popup.page, 'finished');
  transcript.say('the run has finished; pictures lie in artifacts/demo');
};
