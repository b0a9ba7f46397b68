/** Part of a word: fixed text, a notebook expression that IPython puts in (`{name}`, `$name`), or shell expansion. */
export type WordPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly code: string }
  | { readonly kind: 'unknown' };

/** One word of a command line; offsets are in the text that was split. */
export interface ShellWord {
  readonly from: number;
  readonly to: number;
  readonly pieces: readonly WordPiece[];
}

/** `ipython`: a `!` line, expanded by IPython and then a shell. `shell`: a `%%bash` body. `run`: after `%run`. */
export type CommandFlavour = 'ipython' | 'shell' | 'run';

/** The text of a word that needs no expansion, or `null`. */
export function literalText(word: ShellWord | undefined): string | null {
  if (word === undefined) return null;
  let text = '';
  for (const piece of word.pieces) {
    if (piece.kind !== 'text') return null;
    text += piece.text;
  }
  return text;
}

/**
 * Splits command text into simple commands of words, POSIX shell quoting. Redirections and their targets are no words;
 * `;`, `&&`, `||`, `|`, `&`, brackets and line ends separate commands. Unclosed quotes run to the end.
 */
export function splitCommands(
  text: string,
  from: number,
  to: number,
  flavour: CommandFlavour,
): readonly (readonly ShellWord[])[] {
  const commands: ShellWord[][] = [[]];
  let at = from;
  let redirected = false;
  while (at < to) {
    const rest = text.slice(at, Math.min(to, at + 8));
    const gap = /^(?:[ \t\r]|\\\r?\n)+/.exec(rest);
    const operator = flavour === 'run' ? null : /^(?:\d?>>?&?\d?-?|&>>?|<|&&|\|\||[;|&()\n])/.exec(rest);
    if (gap !== null) at += gap[0].length;
    else if (operator !== null) {
      at += operator[0].length;
      if (/[<>]/.test(operator[0])) redirected = !/&[\d-]$/.test(operator[0]);
      else commands.push([]);
    } else if (rest.startsWith('#') && flavour !== 'run') {
      while (at < to && text[at] !== '\n') at += 1;
    } else {
      const word = wordAt(text, at, to, flavour);
      if (!redirected) commands.at(-1)?.push(word);
      redirected = false;
      at = word.to;
    }
  }
  return commands.filter((words) => words.length > 0);
}

interface Reading {
  readonly text: string;
  readonly to: number;
  readonly flavour: CommandFlavour;
  readonly pieces: WordPiece[];
  at: number;
}

function wordAt(text: string, from: number, to: number, flavour: CommandFlavour): ShellWord {
  const reading: Reading = { text, to, flavour, pieces: [], at: from };
  const end = flavour === 'run' ? /[ \t\r\n]/ : /[ \t\r\n;|&()<>]/;
  while (reading.at < to) {
    const char = text.charAt(reading.at);
    if (char === "'") singleQuoted(reading);
    else if (char === '"') doubleQuoted(reading);
    else if (char === '\\') {
      if (!/^\\\r?\n/.test(text.slice(reading.at, reading.at + 3))) add(reading, text.charAt(reading.at + 1));
      reading.at += text.startsWith('\\\r\n', reading.at) ? 3 : 2;
    } else if (end.test(char)) break;
    else plainOrExpansion(reading);
  }
  return { from, to: Math.min(reading.at, to), pieces: reading.pieces };
}

function add(reading: Reading, text: string): void {
  const last = reading.pieces.at(-1);
  if (last?.kind === 'text')
    reading.pieces[reading.pieces.length - 1] = { kind: 'text', text: last.text + text };
  else reading.pieces.push({ kind: 'text', text });
}

function singleQuoted(reading: Reading): void {
  const close = reading.text.indexOf("'", reading.at + 1);
  const end = close === -1 || close >= reading.to ? reading.to : close;
  add(reading, '');
  reading.at += 1;
  while (reading.at < end) {
    if (reading.flavour !== 'shell' && /[{}]/.test(reading.text.charAt(reading.at)))
      plainOrExpansion(reading);
    else {
      add(reading, reading.text.charAt(reading.at));
      reading.at += 1;
    }
  }
  reading.at = Math.max(reading.at, end) + 1;
}

function doubleQuoted(reading: Reading): void {
  add(reading, '');
  reading.at += 1;
  while (reading.at < reading.to && reading.text[reading.at] !== '"') {
    if (reading.text[reading.at] === '\\' && /[$`"\\\n]/.test(reading.text.charAt(reading.at + 1))) {
      add(reading, reading.text.charAt(reading.at + 1).replace('\n', ''));
      reading.at += 2;
    } else plainOrExpansion(reading);
  }
  reading.at += 1;
}

/** One character, or one expansion of IPython or the shell. */
function plainOrExpansion(reading: Reading): void {
  const { text, at, to, flavour } = reading;
  const rest = text.slice(at, to);
  if (flavour !== 'shell') {
    const doubled = /^(?:\{\{|\}\})/.exec(rest);
    const braces = /^\{([^{}\n]*)\}/.exec(rest);
    const dollar = /^\$([A-Za-z_][\w.]*)/.exec(rest);
    const code = braces?.[1] ?? dollar?.[1];
    if (doubled !== null || code !== undefined) {
      if (code === undefined) add(reading, text.charAt(at));
      else reading.pieces.push({ kind: 'expression', code });
      reading.at += (doubled ?? braces ?? dollar)?.[0].length ?? 1;
      return;
    }
  }
  if (/^(?:[$`{}*?~]|\$\()/.test(rest)) {
    reading.pieces.push({ kind: 'unknown' });
    const substitution = /^(?:\$\([^()\n]*\)|`[^`\n]*`|\$\{[^{}\n]*\})/.exec(rest);
    reading.at += substitution?.[0].length ?? 1;
    return;
  }
  add(reading, text.charAt(at));
  reading.at += 1;
}
