import type { Framework } from '../../framework.ts';
import type { FolderListing } from '../listing.ts';
import type { FoundCheckpoint, Reading, Rules } from './layout.ts';
import { foldersOf } from './layout.ts';

/** One framework's checkpoint folders: their names, and by what lies in them they are told apart from others of that name. */
export interface FolderKind extends Rules {
  /** What a folder's name says; `null`: it is none of these. */
  read(name: string): Reading | null;
  isOne(contents: FolderListing, hint: Framework | null): boolean;
}

/** The folders that can be a checkpoint by their names, with all that they can be. */
export const foundFolders = (
  folder: FolderListing,
  kinds: readonly FolderKind[],
  hint: Framework | null,
): readonly FoundCheckpoint[] =>
  foldersOf(folder).flatMap((entry) => {
    const [first, ...others] = kinds.flatMap((kind) => {
      const reading = kind.read(entry.name);
      return reading === null
        ? []
        : [
            {
              ...reading,
              rules: kind,
              isOne: (contents: FolderListing) => kind.isOne(contents, hint),
            },
          ];
    });
    return first === undefined
      ? []
      : [
          {
            name: entry.name,
            form: 'folder' as const,
            entries: [entry],
            candidates: [first, ...others] as const,
            unfinished: null,
          },
        ];
  });
