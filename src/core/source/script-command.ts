import { readIpythonCell } from './ipython-cell.ts';
import { lineEnd } from './logical-lines.ts';
import { baseName, joinPath } from './posix-path.ts';
import { literalText, splitCommands, type CommandFlavour, type ShellWord } from './shell-words.ts';

/** A command of a cell that runs a Python script. Offsets are in the cell's source. */
export interface ScriptCommand {
  /** The whole command line: from `!`, `%` or the first word to the end of the logical line. */
  readonly from: number;
  readonly to: number;
  readonly flavour: CommandFlavour;
  /** As written, quotes removed. */
  readonly script: string;
  /** Where a `cd` before it leads, relative to the kernel's folder; `''`: none; `null`: it cannot be followed. */
  readonly directory: string | null;
  /** The words after the script. */
  readonly words: readonly ShellWord[];
  /** Where one more word can be added: the end of the last word. */
  readonly end: number;
}

const launchers = /^(?:accelerate|accelerate-launch|torchrun|deepspeed|colossalai)$/;
const pythons = /^(?:python[\d.]*|pypy3?|ipython3?)$/;
/** Modules that run the script named after them. */
const launcherModules = /^(?:torch\.distributed\.|accelerate\.commands\.)/;

/** Every command in a cell that runs a script, in order: `!python x.py`, `%run x.py`, a line of `%%bash`. */
export function scriptCommands(source: string): readonly ScriptCommand[] {
  if (!/\.py\b|%run\b/.test(source)) return [];
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

function runCommand(source: string, from: number, to: number, at: number): readonly ScriptCommand[] {
  const [words] = splitCommands(source, at, to, 'run');
  let index = 0;
  for (; index < (words?.length ?? 0); index += 1) {
    const option = literalText(words?.[index]) ?? '';
    if (option === '-m') return [];
    if (!option.startsWith('-')) break;
  }
  const script = words?.[index];
  const name =
    script === undefined ? null : source.slice(script.from, script.to).replace(/^(['"])(.*)\1$/, '$2');
  if (words === undefined || name === null || name.endsWith('.ipynb')) return [];
  const end = words.at(-1)?.to ?? to;
  return [{ from, to, flavour: 'run', script: name, directory: '', words: words.slice(index + 1), end }];
}

function shellBody(source: string, bodyFrom: number): readonly ScriptCommand[] {
  const found: ScriptCommand[] = [];
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
  readonly commands: readonly ScriptCommand[];
  readonly directory: string | null;
}

function shellLine(
  source: string,
  line: Line,
  at: number,
  flavour: CommandFlavour,
  before: string | null,
): ReadLine {
  const commands: ScriptCommand[] = [];
  let directory = before;
  for (const words of splitCommands(source, at, line.to, flavour)) {
    if (literalText(words[0]) === 'cd') {
      const target = literalText(words[1]);
      directory = target === null || directory === null ? null : joinPath([directory, target]);
      continue;
    }
    const index = scriptIndex(source, words);
    const script = words[index];
    if (script === undefined) continue;
    const name = literalText(script) ?? source.slice(script.from, script.to);
    const end = words.at(-1)?.to ?? script.to;
    const { from, to } = line;
    commands.push({ from, to, flavour, script: name, directory, words: words.slice(index + 1), end });
  }
  return { commands, directory };
}

/** Where the script's path stands among a command's words, or -1. */
function scriptIndex(source: string, words: readonly ShellWord[]): number {
  const names = words.map((word) => source.slice(word.from, word.to).replace(/^(['"])(.*)\1$/, '$2'));
  const isScript = (name: string | undefined): boolean => name !== undefined && name.endsWith('.py');
  const start = names.findIndex((name) => {
    const program = baseName(name);
    return launchers.test(program) || pythons.test(program) || /^[{$]\(?sys\.executable\}?$/.test(name);
  });
  if (start === -1) return -1;
  if (launchers.test(baseName(names[start] ?? '')))
    return names.findIndex((name, at) => at > start && isScript(name));
  for (let at = start + 1; at < names.length; at += 1) {
    const name = names[at] ?? '';
    if (name === '-c') return -1;
    if (name === '-m') {
      if (!launcherModules.test(names[at + 1] ?? '')) return -1;
      return names.findIndex((other, index) => index > at && isScript(other));
    }
    if (name === '-W' || name === '-X') at += 1;
    else if (!name.startsWith('-')) return isScript(name) ? at : -1;
  }
  return -1;
}

const trainingName = /train|tun(?:e|ing)|sft|dpo|grpo|orpo|lora|run_|pretrain|distill/i;
const otherName =
  /^(?:setup|convert|download|prepare|preprocess|eval|evaluate|test|infer|inference|export|merge|install|demo|app)/i;
const trainingFlag =
  /^--(?:output[-_]dir|max[-_]steps|save[-_]steps|save[-_]strategy|num[-_]train[-_]epochs|per[-_]device[-_]train[-_]batch[-_]size|resume(?:[-_]from[-_]checkpoint)?|do[-_]train)\b/;

/** Whether a command looks like training: by the options it is given, else by the script's name. */
export function looksLikeTraining(source: string, command: ScriptCommand): boolean {
  if (command.words.some((word) => trainingFlag.test(source.slice(word.from, word.to)))) return true;
  const name = baseName(command.script);
  return trainingName.test(name) && !otherName.test(name);
}
