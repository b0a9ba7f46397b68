import type { Story } from '../../e2e/notebooks/lora-story.ts';
import type { Stage } from './place.ts';
import { saveByClick } from './saving.ts';
import type { Transcript } from './transcript.ts';

/** What happens to the run of the demo before its kernel is killed. */
export interface Plot {
  /** What its notebook is, other than the story's own. */
  readonly changes: Partial<Story>;
  /** While it trains; answers when the accident may come. */
  readonly meanwhile: (stage: Stage, cell: number, transcript: Transcript) => Promise<void>;
  /** How the names of its pictures begin. */
  readonly pictures: string;
}

/** It saves by itself, every so many steps. */
export const savesItself: Plot = { changes: {}, meanwhile: async () => undefined, pictures: '' };

/** It would save nothing before its last step, and is saved by a click in the midst of it. */
export const savedByClick: Plot = {
  changes: { saveSteps: 1000, pause: 0.05 },
  meanwhile: saveByClick,
  pictures: 'save-now-',
};
