/** What a sentence says of where something is. */
export interface Place {
  /** Path as printed, without quotes; `null` for a place that is none (`disk`). */
  readonly path: string | null;
  /** What follows in the sentence. */
  readonly rest: string;
}

const INTO =
  /^(?:(?:in)?to|at|in|inside|as|under|on|from|using|path|file|folder|directory|dir|location|is|->|=>|→|[:=-]|—|–)(?=[\s:"'`=]|$):?\s{0,4}(?:(?:--?>|=>|→)\s{1,4})?/i;
const FILLER =
  /^(?:the )?(?:(?:file|path|folder|directory|dir|location|checkpoint|disk at|disk as)\b ?:?|:|=)\s{0,4}/i;
const NO_PATH =
  /^(?:local )?(?:disk|(?:google )?drive|(?:the )?(?:hugging ?face )?hub|hugging ?face|cloud|wandb|w&b|mlflow|s3|gcs)(?![\w./\\-])/i;
const QUOTED = /^(?:(?:Posix|Windows)?Path\()?(["'`])([^"'`]{1,1000})\1\)?/;
/** A number, a duration, a time of day or a share is no path. */
const AMOUNT =
  /^[-+]?\d[\d.,:/]{0,20}\s?(?:%|s|ms|m|h|min|mins|sec|secs|seconds?|minutes?|hours?|epochs?|steps?|iterations?)?$/i;
const NO_NAME =
  /^(?:memory|ram|cache|progress|place|total|time|true|false|none|registry|server|epoch|step|it)$/i;
const DATE = /^\d{4}-\d{2}-\d{2}/;
const SEPARATOR = /[\\/]/;
const EXTENSION = /\.[A-Za-z][\w-]{0,15}$/;

/**
 * Reads ` to {path}`, `: {path}`, ` as '{path}'` at the start of what follows a verb or a noun. `null` when no place is
 * told there. A bare word (`outputs`) is a path only behind `to`, `in`, `into`, `under` or a colon.
 */
export function readPlace(text: string): Place | null {
  const into = INTO.exec(text);
  const word = into?.[0].trim().toLowerCase() ?? '';
  const behind = text.slice(into?.[0].length ?? 0).trimStart();
  const place = readPath(behind, word) ?? readPath(withoutFiller(behind, into !== null), word);
  if (place !== null) return place;
  const none = into === null ? null : NO_PATH.exec(behind);
  return none === null ? null : { path: null, rest: behind.slice(none[0].length) };
}

const PREPOSITIONS: ReadonlySet<string> = new Set(['to', 'to:', 'into', 'in', 'in:', 'under']);
const SIGNS: ReadonlySet<string> = new Set([':', '=', '->', '=>', '→']);

/** Behind a colon stands also `True` or `done`: a name there looks like one. */
const isBareWordEnough = (word: string, behind: string): boolean =>
  PREPOSITIONS.has(behind) || (SIGNS.has(behind) && /[\d_-]/.test(word));

function withoutFiller(text: string, isTold: boolean): string {
  const filler = isTold ? FILLER.exec(text) : null;
  return filler === null ? '' : text.slice(filler[0].length).trimStart();
}

function readPath(text: string, behind: string): Place | null {
  const quoted = QUOTED.exec(text);
  if (quoted !== null) {
    const path = quoted[2] ?? '';
    return isPath(path, behind !== '') ? { path, rest: text.slice(quoted[0].length) } : null;
  }
  const spaced = pathWithSpaces(text);
  if (spaced !== null) return { path: spaced, rest: '' };
  const path = unquotedPath(text);
  return isPath(path, isBareWordEnough(path, behind) && isLastWord(text, path))
    ? { path, rest: text.slice(path.length) }
    : null;
}

const isLastWord = (text: string, word: string): boolean => /^[\s.!…]{0,16}$/.test(text.slice(word.length));

function isPath(text: string, isBareWordEnough: boolean): boolean {
  if (text === '' || AMOUNT.test(text) || NO_PATH.test(text) || /[“”‘’<>|*?]/.test(text)) return false;
  if (NO_NAME.test(text) || /^https?:/.test(text) || !/^[\w./\\~$+:-]/.test(text)) return false;
  if (DATE.test(text) && !SEPARATOR.test(text) && !EXTENSION.test(text)) return false;
  return SEPARATOR.test(text) || EXTENSION.test(text) || (isBareWordEnough && /^[\w-]{2,}$/.test(text));
}

/** The first word, without the marks that end the sentence or its bracket. */
function unquotedPath(text: string): string {
  let path = /^\S{1,1000}/.exec(text)?.[0] ?? '';
  for (;;) {
    const last = path.charAt(path.length - 1);
    const isMark = last !== '' && '.,;:!…|'.includes(last);
    const isOpenBracket = (last === ')' && !path.includes('(')) || (last === ']' && !path.includes('['));
    if (!isMark && !isOpenBracket) return path;
    path = path.slice(0, -1);
  }
}

/** `/content/drive/My Drive/model.pth`: only where it ends the message and all of it can be the path. */
function pathWithSpaces(text: string): string | null {
  const words = text
    .slice(0, 1000)
    .replace(/[.!…\s]{1,16}$/, '')
    .split(' ');
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  if (words.length < 2 || words.length > 8 || !SEPARATOR.test(first) || EXTENSION.test(first)) return null;
  if (!/^[\w-][^\s()[\]]{0,200}[\\/]/.test(last) || (!EXTENSION.test(last) && words.length > 3)) return null;
  return words.some((word) => /[()[\]|,;:=]$/.test(word) || PROSE.has(word)) ? null : words.join(' ');
}

const PROSE: ReadonlySet<string> = new Set([
  'and',
  'for',
  'at',
  'with',
  'in',
  'to',
  'on',
  'after',
  'from',
  'as',
  'is',
]);
