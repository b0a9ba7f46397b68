import { popupPage, type PopupPage } from '../extension/popup-page.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import type { OpenColab } from './fixtures.ts';

interface Notification {
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

export interface ColabTraining {
  readonly popup: PopupPage;
  /** What the desktop was told since training began. */
  readonly notifications: () => Promise<readonly Notification[]>;
}

/** Runs the cells above, opens the popup beside the notebook, and starts the training cell of a story. */
export const trainOnColab = async (
  colab: OpenColab,
  training = indexOf(loraStory(), trainingCell),
): Promise<ColabTraining> => {
  const extension = await colab.browser.extension();
  await colab.runAllAbove(training, { timeoutMs: 120_000 });
  const popup = popupPage(await colab.browser.openPopup(colab.page));
  await colab.page.bringToFront();
  await extension.recordNotifications();
  await colab.start(training);
  return { popup, notifications: () => extension.recordedNotifications() };
};
