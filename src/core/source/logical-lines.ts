/**
 * A logical line of a cell. `command`: it begins with IPython syntax (`!`, `%`, `?`) where a statement could begin.
 * `assigned-command`: `x = !ls`, `x = %magic`; `help`: `trainer.train?`. Everything else is `python`.
 */
export interface LogicalLine {
  readonly kind: 'python' | 'command' | 'assigned-command' | 'help';
  /** First character that is not white space, except for `assigned-command`: the `!` or `%`. */
  readonly from: number;
  /** After the last character, without the line break. */
  readonly to: number;
}

// IPython.core.inputtransformer2 (9.x): MagicAssign and SystemAssign want a target, `=`, then `%name` or `!`.
const assignedCommand = /^([\w.,*][\w.,* \t]*(?:\[[^\]\n]*\][ \t]*)?=[ \t]*)[!%](?=[^\s=])/;
// The same file, `_help_end_re`, with the assignment it drops.
const helpLine = /^(?:[\w.,][\w., \t]*=[ \t]*)?%{0,2}[\w.*[\]]+\?{1,2}[ \t\r]*$/;

/**
 * Splits Python with IPython syntax into logical lines: brackets, triple-quoted strings and backslashes join lines, so
 * a `%` inside a multi-line expression or a string is not taken for a magic. Linear in the length; never throws.
 */
export function logicalLines(source: string, from = 0): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let at = from;
  while (at < source.length) {
    const line = lineAt(source, at);
    if (line.to > line.from) lines.push(line);
    at = line.next;
  }
  return lines;
}

interface FoundLine extends LogicalLine {
  readonly next: number;
}

function lineAt(source: string, at: number): FoundLine {
  const from = at + (/^[ \t\f]*/.exec(source.slice(at, lineEnd(source, at)))?.[0].length ?? 0);
  const first = source[from];
  if (first === '!' || first === '%' || first === '?') return commandLine(source, from, 'command');
  const physical = source.slice(from, lineEnd(source, from));
  const assigned = assignedCommand.exec(physical);
  if (assigned !== null) return commandLine(source, from + (assigned[1]?.length ?? 0), 'assigned-command');
  if (helpLine.test(physical)) {
    const to = lineEnd(source, at);
    return { kind: 'help', from, to, next: to + 1 };
  }
  const to = pythonLineEnd(source, from);
  return { kind: 'python', from, to, next: to + 1 };
}

/** Offset of the next line break, or the end of the text. */
export function lineEnd(source: string, at: number): number {
  const found = source.indexOf('\n', at);
  return found === -1 ? source.length : found;
}

function commandLine(source: string, from: number, kind: 'command' | 'assigned-command'): FoundLine {
  let to = lineEnd(source, from);
  while (to < source.length && /\\\r?$/.test(source.slice(Math.max(from, to - 2), to))) {
    to = lineEnd(source, to + 1);
  }
  return { kind, from, to, next: to + 1 };
}

/** Where a Python statement line ends, joined over brackets, triple quotes and backslashes. */
function pythonLineEnd(source: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < source.length) {
    const char = source[at];
    if (char === '\n') {
      if (depth === 0) return at;
    } else if (char === '#') {
      at = lineEnd(source, at);
      continue;
    } else if (char === '\\') {
      at += source[at + 1] === '\r' && source[at + 2] === '\n' ? 2 : 1;
    } else if (char === '"' || char === "'") {
      at = stringEnd(source, at, char);
      continue;
    } else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    at += 1;
  }
  return source.length;
}

/** The offset after a string that begins at `at`; a one-line string left open ends at its line break. */
function stringEnd(source: string, at: number, quote: string): number {
  const triple = quote.repeat(3);
  const long = source.startsWith(triple, at);
  let here = at + (long ? 3 : 1);
  while (here < source.length) {
    const char = source[here];
    if (char === '\\') here += 2;
    else if (long && char === quote && source.startsWith(triple, here)) return here + 3;
    else if (!long && char === quote) return here + 1;
    else if (!long && char === '\n') return here;
    else here += 1;
  }
  return source.length;
}
