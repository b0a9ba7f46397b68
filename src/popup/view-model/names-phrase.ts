import type { Translate } from '../translate.ts';
import { shortName, shortPath } from '../../core/plain-text.ts';

const NUMBERED = /^(.{1,40}-)(\d+)$/u;

/** A folder that was named by its path keeps its end, which tells folders apart. */
const spokenName = (name: string): string => (name.includes('/') ? shortPath(name) : shortName(name));

/** `checkpoint-600`, `checkpoint-500` as `checkpoint-600`, `500`. */
const withoutRepetition = (names: readonly string[]): readonly string[] => {
  const matches = names.map((name) => NUMBERED.exec(name));
  const prefix = matches[0]?.[1];
  const allAlike = prefix !== undefined && matches.every((match) => match?.[1] === prefix);
  return names.map((name, index) => (allAlike && index > 0 ? name.slice(prefix.length) : spokenName(name)));
};

/** Several things in a sentence, the first two of many by name. */
export const listPhrase = (t: Translate, things: readonly string[]): string => {
  const [first = '', second, third] = things;
  if (second === undefined) return first;
  if (third === undefined) return t('names_two', [first, second]);
  return things.length === 3
    ? t('names_three', [first, second, third])
    : t('names_more', [first, second, String(things.length - 2)]);
};

/** Names of checkpoints or folders in a sentence: "checkpoint-600 and 500". */
export const namesPhrase = (t: Translate, names: readonly string[]): string =>
  listPhrase(t, withoutRepetition(names));
