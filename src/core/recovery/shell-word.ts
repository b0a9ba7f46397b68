import type { CommandFlavour } from '../source/shell-words.ts';

/** What a shell, IPython's expansion and `%run` all leave alone. */
const plain = /^[A-Za-z0-9_./:@%+=,-]+$/;
const unwritable = /\0|\p{Surrogate}/u;
/** Control characters and line separators: an editor or IPython may split or change a line at them. */
const breaking = /[\p{Cc}\u2028\u2029]/u;

/**
 * A text as one word of a command line, so that the program gets exactly this text; `null` when that cannot be
 * written (a NUL, a lone surrogate, a line break at the end, or a character that `%run` cannot be given).
 */
export function commandWord(text: string, flavour: CommandFlavour): string | null {
  if (unwritable.test(text)) return null;
  if (plain.test(text)) return text;
  switch (flavour) {
    case 'shell':
      return breaking.test(text) ? printfWord(text) : `'${text.replaceAll("'", "'\\''")}'`;
    case 'ipython':
      return breaking.test(text) || /[{}$']/.test(text) ? printfWord(text) : `'${text}'`;
    case 'run':
      return runWord(text);
    default:
      return flavour satisfies never;
  }
}

/**
 * In a `!` line IPython (`var_expand`, 7 to 9) replaces `{x}` and `$x` before the shell runs, and whether `{{` becomes
 * `{` depends on the rest of the line: if anything in it cannot be formatted, nothing is. It also counts single quotes
 * to tell which `$` to leave alone. So none of these is written in an odd number; `printf` makes them in the shell.
 */
function printfWord(text: string): string | null {
  // A command substitution drops line breaks at its end.
  if (text.endsWith('\n')) return null;
  const format = text.replaceAll('%', '%%').replace(/[{}$'"`\\!\p{Cc}\u2028\u2029]/gu, octalBytes);
  return `"\`printf -- '${format}'\`"`;
}

/** A character as octal escapes of its UTF-8 bytes. */
function octalBytes(char: string): string {
  const bytes = encodeURIComponent(char).match(/%[0-9A-F]{2}|[^%]/g) ?? [];
  const code = (byte: string): number =>
    byte.startsWith('%') ? parseInt(byte.slice(1), 16) : byte.charCodeAt(0);
  return bytes.map((byte) => `\\${code(byte).toString(8).padStart(3, '0')}`).join('');
}

/**
 * A word of `%run`, which IPython splits like a shell but without one; up to IPython 8 it then expands `*`, `?`, `[`
 * and a leading `~` even inside quotes, so these cannot be handed over.
 */
function runWord(text: string): string | null {
  if (breaking.test(text) || /[{}$*?[\]\\]|^~/.test(text)) return null;
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? null : `"${text}"`;
}
