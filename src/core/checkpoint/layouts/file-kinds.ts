import type { Framework } from '../../framework.ts';
import type { FolderListing, ListedFile } from '../listing.ts';
import { formatOf } from '../proof-plan.ts';
import type { Resumes } from '../requirements.ts';
import {
  filesOf,
  type FoundCheckpoint,
  type Layout,
  type Pointer,
  type Reading,
  type Rules,
} from './layout.ts';

/** One way in which a framework names the files of its checkpoints. */
export interface FileName {
  /** Matches a whole name. */
  readonly pattern: RegExp;
  /** What the name says; by default no number. `null`: it is none after all. */
  readonly read?: (match: RegExpExecArray) => Reading | null;
  readonly resumes: Resumes;
  /** Names of the files that belong to it and are copied, proven and put back with it. */
  readonly others?: (match: RegExpExecArray) => readonly string[];
}

interface FileLayout {
  readonly framework: Framework;
  readonly names: readonly FileName[];
  readonly pointer?: Pointer;
  /** What else has to be true of the folder, where the names alone could be anybody's. */
  readonly when?: (folder: FolderListing, hint: Framework | null) => boolean;
}

/** A layout whose checkpoints are single files, or a file with some that belong to it. */
export const fileLayout = ({ framework, names, pointer, when }: FileLayout): Layout => ({
  frameworks: [framework],
  find: (folder, hint) =>
    when !== undefined && !when(folder, hint)
      ? []
      : filesOf(folder).flatMap((file) => readFile(framework, names, pointer ?? null, folder, file) ?? []),
});

const readFile = (
  framework: Framework,
  names: readonly FileName[],
  pointer: Pointer | null,
  folder: FolderListing,
  file: ListedFile,
): FoundCheckpoint | null => {
  for (const { pattern, read, resumes, others } of names) {
    const match = pattern.exec(file.name);
    if (match === null) continue;
    const reading = read === undefined ? { step: null, epoch: null } : read(match);
    if (reading === null) continue;
    const beside = others?.(match) ?? [];
    const entries = [file, ...folder.entries.filter(({ name }) => beside.includes(name))];
    return foundFile(file.name, entries, reading, rulesOfFiles(framework, resumes, pointer));
  }
  return null;
};

export const foundFile = (
  name: string,
  entries: readonly ListedFile[],
  { step, epoch }: Reading,
  rules: Rules,
): FoundCheckpoint => ({
  name,
  form: 'file',
  entries,
  candidates: [{ step, epoch, rules, isOne: () => true }],
  unfinished: null,
});

/** All of its files have to be there, and whole; those of a format without an end are said to be unproven. */
export const rulesOfFiles = (
  framework: Framework,
  resumes: Resumes,
  pointer: Pointer | null = null,
): Rules => ({
  framework,
  pointer,
  needs: ({ entries }) => {
    const names = entries.map(({ name }) => name);
    return {
      files: names.filter((name) => formatOf(name) !== null),
      opaque: names.filter((name) => formatOf(name) === null),
      resumes,
    };
  },
});
