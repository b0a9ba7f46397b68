import type { HoldfastBrowser } from '../../e2e/extension/browser.ts';
import type { NotebookPage } from '../../e2e/jupyter/notebook-page.ts';
import type { Notebook } from '../../e2e/notebooks/notebook.ts';
import type { Transcript } from './transcript.ts';

/** Where the story is played. Sets the stage, lets the act happen on it, and takes everything down again. */
export type Place = <T>(
  story: Notebook,
  transcript: Transcript,
  act: (stage: Stage) => Promise<T>,
) => Promise<T>;

/** A notebook's page before a real server, in a browser with Holdfast. */
export interface Stage {
  readonly browser: HoldfastBrowser;
  readonly notebook: StagedNotebook;
  /** `kill -9` of the kernel; the disk stays. Answers what the transcript says of it. */
  readonly killKernel: () => Promise<string>;
  /** Waits for the page's own word of the loss, and clicks it away where it lies over the notebook. */
  readonly readNotice: () => Promise<void>;
  /** Brings a cell into view, for a picture. */
  readonly show: (cell: number) => Promise<void>;
  /** The notebook's folder on this computer. */
  readonly folder: () => string;
  /** How the names of this place's pictures begin. */
  readonly pictures: string;
}

/** What the story does on any notebook's page. Cells are counted from 0. */
export interface StagedNotebook extends Pick<NotebookPage, 'page' | 'runAllAbove' | 'start' | 'waitForStep'> {
  /** Saves, and answers what the file then holds. */
  readonly save: () => Promise<readonly { readonly source: string }[]>;
}
