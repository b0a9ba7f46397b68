import { popupPage } from '../../e2e/extension/popup-page.ts';
import type { Stage } from './place.ts';
import { takePictures } from './pictures.ts';
import type { Transcript } from './transcript.ts';

/** Past the half, so that there is much to lose. */
const ASKED_AT = 310;

/**
 * What a person clicks in the popup while a cell trains that would save nothing: the kernel is asked, in the midst of the cell, and what
 * it saves is whole.
 */
export const saveByClick = async (stage: Stage, cell: number, transcript: Transcript): Promise<void> => {
  const { browser, notebook } = stage;
  const popup = popupPage(await browser.openPopup(notebook.page));
  const { page } = popup;
  await page.setViewportSize({ width: 360, height: 600 });
  const { step } = await notebook.waitForStep(cell, ASKED_AT);
  const headline = await page.getByRole('heading', { level: 1 }).innerText();
  transcript.say(`step ${step}: popup: ${headline}. ${await page.locator('main p').first().innerText()}`);
  await popup.press(/^Save now/);
  await popup.press(/^Yes, save now$/);
  transcript.say('one click: Save now, and a yes, for what runs in the kernel is shown before');
  const saved = page.getByText(/^Saved by you at step \d+: /);
  await saved.waitFor();
  await popup.says(/^Safe up to step \d+$/);
  transcript.say(`popup: ${await saved.innerText()}`);
  await takePictures(stage, page, 'saved');
  await page.close();
};
