import type { Framework } from '../../framework.ts';
import type { CheckpointForm } from '../checkpoint.ts';
import type { FolderListing, ListedFile } from '../listing.ts';
import type { FileVerdict } from '../proof.ts';
import type { Requirements } from '../requirements.ts';

/** How far a name says that it is. */
export interface Reading {
  readonly step: number | null;
  /** As the framework counts them. */
  readonly epoch: number | null;
}
export const NO_NUMBER: Reading = { step: null, epoch: null };

/** A text file beside the checkpoints that names the newest whole one, and is written after it. */
export interface Pointer {
  readonly file: string;
  /**
   * `needed`: nothing else tells that a checkpoint is whole. `enough`: the checkpoint's own files may tell; where they can't, it
   * does.
   */
  readonly weight: 'needed' | 'enough';
  /** Whether this text says that the checkpoint of this name was finished: it names that one, or a newer one. */
  covers(text: string, name: string): boolean;
}

/** What makes a checkpoint of one framework, and what has to be in it. */
export interface Rules {
  readonly framework: Framework;
  readonly pointer: Pointer | null;
  needs(contents: FolderListing, verdicts: ReadonlyMap<string, FileVerdict>): Requirements;
}

/** What a checkpoint can be by its name; of a folder what lies in it decides. */
export interface Candidate extends Reading {
  readonly rules: Rules;
  isOne(contents: FolderListing): boolean;
}

/** A checkpoint as the listing of its output folder shows it. */
export interface FoundCheckpoint {
  readonly name: string;
  readonly form: CheckpointForm;
  /** Its own entries in that listing: the folder, the file, or the files that belong together; never empty. */
  readonly entries: readonly ListedFile[];
  /** The likeliest first. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** A file beside it that says that it is being written (NeMo's `…-unfinished`). */
  readonly unfinished: string | null;
}

/** One framework family: which entries of a folder are its checkpoints. */
export interface Layout {
  readonly frameworks: readonly Framework[];
  /** @param hint What trains, as far as is known. */
  find(folder: FolderListing, hint: Framework | null): readonly FoundCheckpoint[];
}

/** The number in a group of a match; at most 15 digits, so that it is exact. */
export const numberIn = (match: RegExpExecArray, group: number): number | null => {
  const digits = match[group];
  return digits === undefined || !/^\d{1,15}$/.test(digits) ? null : Number(digits);
};

export const filesOf = ({ entries }: FolderListing): readonly ListedFile[] =>
  entries.filter(({ kind }) => kind === 'file');

export const foldersOf = ({ entries }: FolderListing): readonly ListedFile[] =>
  entries.filter(({ kind }) => kind === 'directory');

export const has = ({ entries }: FolderListing, name: string): boolean =>
  entries.some((entry) => entry.name === name);
