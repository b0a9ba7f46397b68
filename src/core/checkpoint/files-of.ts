import type { Checkpoint, CheckpointForm } from './checkpoint.ts';
import { filesOfCheckpoint } from './layouts/layout-table.ts';
import type { FolderListing, ListedFile } from './listing.ts';

/** What tells the files of a checkpoint from the others of its folder. */
export type Named = Pick<Checkpoint, 'name' | 'form' | 'framework'>;

/**
 * The folder in which the files of a checkpoint lie: its own; of files without one, the folder that they share with others.
 *
 * @param path Of the checkpoint: its output folder and its name.
 */
export const folderOfFiles = (path: string, form: CheckpointForm): string =>
  form === 'folder' ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * The files of a checkpoint that has no folder of its own, by name; none where it does not lie there.
 *
 * @param folder The folder that it shares with others, as it stands now.
 */
export const filesAmong = (folder: FolderListing, checkpoint: Named): readonly ListedFile[] =>
  filesOfCheckpoint(folder, checkpoint).toSorted((a, b) => (a.name < b.name ? -1 : 1));

/**
 * In the order in which the files of a checkpoint get their names: the one by which it is found comes last, so that it is not
 * seen before all of it is there.
 */
export const foundByLast = <T extends { readonly path: string }>(
  files: readonly T[],
  name: string,
): readonly T[] => [
  ...files.filter(({ path }) => !isFoundBy(path, name)),
  ...files.filter(({ path }) => isFoundBy(path, name)),
];

const isFoundBy = (path: string, name: string): boolean =>
  path === name || path === `${name}.index` || path === `${name}.pdparams`;
