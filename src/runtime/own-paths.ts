/**
 * What a folder, or a file that has none, is called until all of it is whole, and proven. It lies beside its place, since a rename stays on one
 * disk; no dot in front, since a server neither takes nor shows hidden names (`allow_hidden`).
 */
const PART = '.holdfast-part';

/**
 * Where a folder or file is written until it is whole. Not `checkpoint-400` with something behind it: Transformers' Trainer rotates away
 * whatever `checkpoint-*` matches (`sort_checkpoints`, 5.23), whatever follows the step.
 */
export const partPathOf = (path: string): string => `${beside(path, 'restoring')}${PART}`;

/** Where something goes that the user has moved out of the way; by a number where one such is there already. */
export const movedAsidePathOf = (path: string, number: number): string =>
  beside(path, `before-restore-${number}`);

const beside = (path: string, before: string): string => {
  const folder = folderOf(path);
  const name = `${before}.${nameOf(path)}`;
  return folder === '' ? name : `${folder}/${name}`;
};

/** Whether a path is of our own making: such a folder or file, or something in one. */
export const isOwnPath = (path: string): boolean => path.split('/').some((name) => name.endsWith(PART));

/** The last name of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder a path lies in; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
