import { readIpythonCell } from './ipython-cell.ts';
import { lineEnd } from './logical-lines.ts';
import { joinPath } from './posix-path.ts';
import { literalText, splitCommands, type CommandFlavour, type ShellWord } from './shell-words.ts';

/** A simple command of a cell: a program with its words. Offsets are in the cell's source. */
export interface ShellCommand {
  /** The whole command line: from `!`, `%` or the first word to the end of the logical line. */
  readonly from: number;
  readonly to: number;
  readonly flavour: CommandFlavour;
  /** Where a `cd` before it leads, relative to the kernel's folder; `''`: none; `null`: it cannot be followed. */
  readonly directory: string | null;
  /** The program first; of `%run` its options left out, so that the script is the first. */
  readonly words: readonly ShellWord[];
  /** Where one more word can be added: the end of the last word. */
  readonly end: number;
}

/** Every command in a cell, in order: of `!` lines, of `%run` and of the body of `%%bash`. */
export function shellCommands(source: string): readonly ShellCommand[] {
  if (!/[!%]/.test(source)) return [];
  const cell = readIpythonCell(source);
  if (cell.kind === 'shell') return shellBody(source, cell.bodyFrom);
  return cell.commands.flatMap(({ from, to }) => {
    const run = /^%run\b[ \t]*/.exec(source.slice(from, to));
    if (run !== null) return runCommand(source, from, to, from + run[0].length);
    const bang = /^(?:!!?|%(?:sx|system)\b)/.exec(source.slice(from, to));
    return bang === null
      ? []
      : shellLine(source, { from, to }, from + bang[0].length, 'ipython', '').commands;
  });
}

function runCommand(source: string, from: number, to: number, at: number): readonly ShellCommand[] {
  const [words = []] = splitCommands(source, at, to, 'run');
  let index = 0;
  for (; index < words.length; index += 1) {
    const option = literalText(words[index]) ?? '';
    if (option === '-m') return [];
    if (!option.startsWith('-')) break;
  }
  if (index >= words.length) return [];
  const end = words.at(-1)?.to ?? to;
  return [{ from, to, flavour: 'run', directory: '', words: words.slice(index), end }];
}

function shellBody(source: string, bodyFrom: number): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  let directory: string | null = '';
  for (const line of shellLines(source, bodyFrom)) {
    const read = shellLine(source, line, line.from, 'shell', directory);
    found.push(...read.commands);
    directory = read.directory;
  }
  return found;
}

interface Line {
  readonly from: number;
  readonly to: number;
}

/** Lines of a shell script joined by backslashes; a quoted line break is not looked at. */
function shellLines(source: string, from: number): readonly Line[] {
  const lines: Line[] = [];
  let at = from;
  while (at < source.length) {
    let to = lineEnd(source, at);
    while (to < source.length && source[to - 1] === '\\') to = lineEnd(source, to + 1);
    const text = source.slice(at, to);
    const start = at + text.length - text.trimStart().length;
    if (start < to) lines.push({ from: start, to });
    at = to + 1;
  }
  return lines;
}

interface ReadLine {
  readonly commands: readonly ShellCommand[];
  readonly directory: string | null;
}

function shellLine(
  source: string,
  line: Line,
  at: number,
  flavour: CommandFlavour,
  before: string | null,
): ReadLine {
  const commands: ShellCommand[] = [];
  let directory = before;
  for (const words of splitCommands(source, at, line.to, flavour)) {
    if (literalText(words[0]) === 'cd') {
      const target = literalText(words[1]);
      directory = target === null || directory === null ? null : joinPath([directory, target]);
      continue;
    }
    const end = words.at(-1)?.to ?? line.to;
    commands.push({ from: line.from, to: line.to, flavour, directory, words, end });
  }
  return { commands, directory };
}
