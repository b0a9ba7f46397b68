import type { Announcement, LogFormat } from '../log-format.ts';
import { findCaption } from '../progress-caption.ts';

/**
 * The caption under the Hugging Face Trainer's bar in a notebook, where its HTML was stored or pasted as text. The
 * step is given as shown; what it means for the run is known to `trueStep` of the progress table.
 *
 * Source: transformers 3.1 to 5.23, `utils/notebook.py` (`NotebookProgressBar.update_bar`, `NotebookProgressCallback`).
 */
export const transformersNotebook: LogFormat = {
  name: 'transformers-notebook',
  readsUnfinishedLines: true,
  anywhere: { literal: ', Epoch ', read },
};

function read(text: string): Announcement | null {
  const caption = findCaption(text, 0);
  if (caption === null) return null;
  const { shownStep, total, epoch, stepsPerSecond } = caption;
  const pace = stepsPerSecond === null ? {} : { stepsPerSecond };
  return { kind: 'progress', step: shownStep, total, epoch, ...pace };
}
