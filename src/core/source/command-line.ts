import type { ShellWord } from './shell-words.ts';

/** An option of a command line. Offsets are in the text that was split into words. */
export interface CommandOption {
  /** As written, with its dashes and without `=`. */
  readonly name: string;
  /** The value's word; for `--name=value` the part after `=` cut out of it; `null` when none follows. */
  readonly value: ShellWord | null;
  /** Whether the value is joined by `=`. */
  readonly joined: boolean;
  readonly from: number;
  /** After the option's own word. */
  readonly to: number;
}

/** The long options among a script's words, in order. A word that begins with a dash and a letter is never a value. */
export function commandOptions(text: string, words: readonly ShellWord[]): readonly CommandOption[] {
  return words.flatMap((word, index): readonly CommandOption[] => {
    const found = /^(--?[A-Za-z][\w.-]*)(=?)/.exec(text.slice(word.from, word.to));
    const name = found?.[1];
    if (name === undefined) return [];
    const { from, to } = word;
    if (found?.[2] === '=')
      return [{ name, value: afterEquals(word, name.length + 1), joined: true, from, to }];
    const next = words[index + 1];
    const isValue = next !== undefined && !/^-(?!\d)/.test(text.slice(next.from, next.to));
    return [{ name, value: isValue ? next : null, joined: false, from, to }];
  });
}

function afterEquals(word: ShellWord, length: number): ShellWord {
  const [first, ...rest] = word.pieces;
  const pieces =
    first?.kind === 'text' ? [{ ...first, text: first.text.slice(length) }, ...rest] : word.pieces;
  return { from: word.from + length, to: word.to, pieces };
}

/** The name under which Python sees an option: `--output-dir` → `output_dir`. */
export const optionKey = (name: string): string => name.replace(/^--?/, '').replaceAll('-', '_');
