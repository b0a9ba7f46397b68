/**
 * The names under which we write before a file is whole. They lie beside the file, since a rename stays on one disk; no dot in
 * front, since a server neither takes nor shows hidden names (`allow_hidden`); and no framework loads a file so called.
 */
const PART = '.holdfast-part';
const ASIDE = '.holdfast-old';

/** Where a file is written until it is whole. */
export const partPathOf = (path: string): string => `${path}${PART}`;

/** Where a file waits that is being replaced. */
export const asidePathOf = (path: string): string => `${path}${ASIDE}`;

export const isOwnPath = (path: string): boolean => path.endsWith(PART) || path.endsWith(ASIDE);

/** The folder a path lies in; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
