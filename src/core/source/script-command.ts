import { baseName } from './posix-path.ts';
import { shellCommands } from './shell-commands.ts';
import { literalText, type CommandFlavour, type ShellWord } from './shell-words.ts';

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
  return shellCommands(source).flatMap(({ from, to, flavour, directory, words, end }) => {
    const index = flavour === 'run' ? 0 : scriptIndex(source, words);
    const script = words[index];
    if (script === undefined) return [];
    const written = source.slice(script.from, script.to);
    const name =
      flavour === 'run' ? written.replace(/^(['"])(.*)\1$/, '$2') : (literalText(script) ?? written);
    if (flavour === 'run' && name.endsWith('.ipynb')) return [];
    return [{ from, to, flavour, script: name, directory, words: words.slice(index + 1), end }];
  });
}

/** Where the script's path stands among a command's words, or -1. */
export function scriptIndex(source: string, words: readonly ShellWord[]): number {
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
  /^(?:setup|convert|quantize|build|compile|download|prepare|preprocess|tokenize|split|eval|evaluate|test|benchmark|infer|inference|predict|generate|serve|export|merge|install|demo|app)/i;
const trainingFlag =
  /^--(?:max[-_]steps|save[-_]steps|save[-_]strategy|num[-_]train[-_]epochs|per[-_]device[-_]train[-_]batch[-_]size|do[-_]train)\b/;
/** Options that a training has as well as a program that converts or measures. */
const commonFlag = /^--(?:output[-_]dir|resume(?:[-_]from[-_]checkpoint)?)\b/;

/** Whether a command looks like training: by options that only a training has, else by the script's name, by other options too. */
export function looksLikeTraining(source: string, command: ScriptCommand): boolean {
  const has = (flag: RegExp): boolean =>
    command.words.some((word) => flag.test(source.slice(word.from, word.to)));
  if (has(trainingFlag)) return true;
  const name = baseName(command.script);
  return !otherName.test(name) && (trainingName.test(name) || has(commonFlag));
}
