/**
 * The names under which we write before a file is whole. They lie beside the file, since a rename stays on one disk; no dot in
 * front, since a server neither takes nor shows hidden names (`allow_hidden`); and no framework loads a file so called.
 */
const PART = '.holdfast-part';
const ASIDE = '.holdfast-old';

/** Where a file is written until it is whole. */
export const partPathOf = (path: string): string => `${path}${PART}`;

/**
 * Where a folder is written until it is whole. Not `checkpoint-400` with something behind it: Transformers' Trainer rotates away
 * whatever `checkpoint-*` matches (`sort_checkpoints`, 5.23), whatever follows the step.
 */
export const partFolderOf = (path: string): string => partPathOf(beside(path, 'restoring'));

/** Where a folder goes that the user has moved out of the way; by a number where one such is there already. */
export const movedAsidePathOf = (path: string, number: number): string =>
  beside(path, `before-restore-${number}`);

const beside = (path: string, before: string): string => {
  const folder = folderOf(path);
  const name = `${before}.${nameOf(path)}`;
  return folder === '' ? name : `${folder}/${name}`;
};

/** Where a file waits that is being replaced. */
export const asidePathOf = (path: string): string => `${path}${ASIDE}`;

export const isOwnPath = (path: string): boolean => path.endsWith(PART) || path.endsWith(ASIDE);

/** Whether a path lies in a folder that is ours until it is whole (`partFolderOf`). */
export const isInOwnFolder = (path: string): boolean => `${folderOf(path)}/`.includes(`${PART}/`);

/** The last name of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder a path lies in; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
