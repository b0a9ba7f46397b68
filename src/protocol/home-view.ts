import type { ServerTrouble } from './server-trouble.ts';

/** Bringing checkpoints home: what is under way, and what this browser keeps. */
export interface HomeView {
  /** Those of this notebook, newest first. One that ended stays until it is dismissed. */
  readonly jobs: readonly JobView[];
  /** What this browser keeps of this notebook, newest first. */
  readonly copies: readonly CopyView[];
  /** What it keeps of other notebooks, or of this one at another address: those of its name first, then newest first. */
  readonly others: readonly NotebookCopies[];
  /** `null`: the browser does not tell. */
  readonly space: { readonly usedBytes: number; readonly mostBytes: number } | null;
}

/** What is taken of a checkpoint: all of it, to resume; or without what only training needs (the optimizer's state). */
export type Extent = 'everything' | 'inference';

/** How a copy was compared with its source: with the server's own hash, or by size where the server tells none. */
export type Checked = 'verified' | 'size-checked';

/** A copy in this browser. One that is not whole can be finished while its source is there. */
export interface CopyView {
  readonly id: string;
  /** Folder name, for example `checkpoint-400`. */
  readonly name: string;
  readonly step: number | null;
  readonly loss: number | null;
  readonly extent: Extent;
  readonly sizeBytes: number;
  /** Milliseconds since the epoch. */
  readonly keptAt: number;
  readonly state: Checked | 'unfinished' | 'damaged';
  /** It is unfinished, and its source is on the server of the notebook that is shown. */
  readonly canGoOn: boolean;
  /** An earlier run of the notebook left it: nothing removes it but the user. Absent where that is not so, or not known. */
  readonly isEarlier?: true;
}

export interface NotebookCopies {
  readonly notebookId: string;
  readonly notebookName: string;
  readonly copies: readonly OtherCopyView[];
}

export interface OtherCopyView extends CopyView {
  /** Where it would be put back on the server of the notebook that is shown, relative to its root. */
  readonly folder: string;
}

export interface JobView {
  readonly id: string;
  /** The folders it brings, newest first. */
  readonly names: readonly string[];
  readonly extent: Extent;
  /** A zip among the browser's downloads, a copy in this browser, or a copy put back on the server. */
  readonly to: 'zip' | 'browser' | 'server';
  /** Copies in this browser that it works with; what is still to be copied has none. */
  readonly copyIds: readonly string[];
  readonly state: JobState;
}

export type JobState =
  /** Behind another one. */
  | { readonly kind: 'waiting' }
  | ({ readonly kind: 'moving' } & Progress)
  /** The server is asked again at `nextAt` (milliseconds since the epoch); what is here stays. */
  | ({ readonly kind: 'trying-again'; readonly why: ServerTrouble; readonly nextAt: number } & Progress)
  | ({ readonly kind: 'paused' } & Progress)
  /** All is in this browser; the zip is being written to the downloads. */
  | ({ readonly kind: 'saving' } & Progress)
  | {
      readonly kind: 'done';
      readonly checked: Checked;
      readonly sizeBytes: number;
      /** Of the zip; `null` for copies. */
      readonly fileName: string | null;
      /** Whether "show in folder" can be offered. */
      readonly canShow: boolean;
      /** Where that lies now what lay in the place of a copy that was put back; relative to the server's root. */
      readonly asideAs?: string | null;
    }
  | { readonly kind: 'failed'; readonly why: JobFailure };

export interface Progress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** `null` before enough was seen. */
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export type JobFailure =
  /** A file was written anew or taken away while it was copied. `next`: the newest good checkpoint to take instead. */
  | { readonly kind: 'changed' | 'gone'; readonly name: string; readonly next: string | null }
  /** What arrived has another hash than the server's own, twice. */
  | { readonly kind: 'not-the-same'; readonly name: string; readonly file: string }
  /** This browser has no room. `null`: it does not say how much is missing. */
  | { readonly kind: 'no-room'; readonly missingBytes: number | null }
  | { readonly kind: 'too-many-files'; readonly most: number }
  | { readonly kind: 'server'; readonly trouble: ServerTrouble }
  /** The way to the server leads through the notebook's page, which is not open. What is here stays. */
  | { readonly kind: 'page-not-open' }
  /** The browser did not write the zip; its own word for it, such as `FILE_NO_SPACE`. */
  | { readonly kind: 'download'; readonly said: string }
  /** The zip on the disk is not the one that was made. */
  | { readonly kind: 'zip-differs' }
  /** The server's disk has no room for what was to be put back; nothing was written. */
  | { readonly kind: 'no-room-there'; readonly missingBytes: number }
  /** Something else of that name lies on the server; it was left alone, and can be moved aside. */
  | { readonly kind: 'in-the-way'; readonly name: string }
  | { readonly kind: 'copy-damaged'; readonly name: string }
  | { readonly kind: 'unexpected'; readonly said: string };
