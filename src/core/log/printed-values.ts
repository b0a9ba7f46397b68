import { printedNumber } from './printed-number.ts';

/** Step in a folder name: the last `checkpoint-N` component of a path (transformers `PREFIX_CHECKPOINT_DIR`). */
export function stepOfPath(path: string): number | null {
  let step: number | null = null;
  for (const part of path.split(/[\\/]/)) {
    const match = /^checkpoint-(\d{1,15})$/.exec(part);
    if (match !== null) step = Number(match[1]);
  }
  return step;
}

/**
 * A path printed at the end of a message, or `null` for prose. A path with spaces must hold a separator; a bare word
 * (`outputs`) passes only where the caller's phrase is specific enough to be followed by nothing but a path.
 */
export function printedPath(text: string, bareWord: 'allowed' | 'refused'): string | null {
  const path = withoutQuotes(withoutEllipsis(text.trim()));
  if (path === '' || path.length > 4096) return null;
  if (/[\\/]/.test(path)) return path;
  if (/\s/.test(path)) return null;
  return bareWord === 'allowed' || stepOfPath(path) !== null ? path : null;
}

/** The same for a path that ends the sentence: the closing full stop (or dots) is not part of it. */
export function printedPathOfSentence(text: string, bareWord: 'allowed' | 'refused'): string | null {
  return printedPath(withoutFullStop(text.trim()), bareWord);
}

/** A printed file: a path with a separator, or one word with an extension (`model_final.pth`). Not an address of the web. */
export function printedFile(text: string): string | null {
  const path = printedPath(text, 'allowed');
  if (path === null || /^[a-z][\w+.-]{1,20}:\/\//i.test(path)) return null;
  return /[\\/]|\.\w{1,20}$/.test(path) ? path : null;
}

/** The same for a file that ends the sentence. */
export const printedFileOfSentence = (text: string): string | null =>
  printedFile(withoutFullStop(text.trim()));

/** The last whole number a pattern finds in a text: `/step=(\d{1,15})/g` in a file name. */
export function numberIn(text: string, pattern: RegExp): number | null {
  const found = [...text.matchAll(pattern)].at(-1)?.[1];
  return found === undefined ? null : Number(found);
}

function withoutFullStop(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '.') end -= 1;
  return text.slice(0, end);
}

/** `Saving checkpoint to a/b.pt...`: dots that say that it goes on. */
const withoutEllipsis = (text: string): string => text.replace(/\s?(?:\.{3}|…)$/, '');

function withoutQuotes(text: string): string {
  const quote = text.charAt(0);
  return text.length > 1 && `'"\``.includes(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;
}

/** Folder of a printed file path, `null` when it has none. */
export function folderOf(file: string): string | null {
  const cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
  return cut <= 0 ? null : file.slice(0, cut);
}

/** Whole number with or without thousands separators (`4689`, `4,689`). */
export function printedCount(text: string): number | null {
  return /^\d{1,3}(?:,\d{3}){1,4}$|^\d{1,15}$/.test(text) ? Number(text.replaceAll(',', '')) : null;
}

/**
 * Number behind a key in a printed Python dict, whether printed as a number or, as transformers 5 does, as a string.
 * `null` when the key is absent or its value is no finite number (`nan`, a list).
 */
export function numberInDict(dict: string, key: string): number | null {
  const quoted = `'${key}': `;
  for (let at = dict.indexOf(quoted); at !== -1; at = dict.indexOf(quoted, at + 1)) {
    const before = dict.charAt(at - 1);
    if (before !== '{' && before !== ' ') continue;
    DICT_NUMBER.lastIndex = at + quoted.length;
    const value = DICT_NUMBER.exec(dict)?.[1];
    if (value !== undefined) return printedNumber(value);
  }
  return null;
}

const DICT_NUMBER = /'?(-?\d{1,20}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?)'?(?=[,}])/y;
