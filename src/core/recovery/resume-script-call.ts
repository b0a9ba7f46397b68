import { commandOptions, optionKey } from '../source/command-line.ts';
import { scriptCommands } from '../source/script-command.ts';
import type { ResumeFlag, ScriptCall, ScriptSource } from '../source/training-source.ts';
import { fail, ok, type Result } from '../result.ts';
import { commandWord } from './shell-word.ts';
import type { TextEdit } from './text-edit.ts';

export type ScriptCallFailure =
  /** There is no such command in the source. */
  | { readonly kind: 'no-script-call' }
  /** The script has no option for a checkpoint. */
  | { readonly kind: 'script-without-flag' }
  /** It has one, but as a switch: no path can be given. */
  | { readonly kind: 'script-flag-takes-no-value' }
  /** It declares one and never reads it: it would begin at step 0. */
  | { readonly kind: 'script-ignores-flag' }
  /** The path holds characters that such a command line cannot carry. */
  | { readonly kind: 'path-not-writable' };

/**
 * How a script can be made to resume. `no-way`: it was read, and takes no checkpoint, or not in a way that is known.
 * `not-read`: nothing is known of it.
 */
export type ScriptWay = 'takes-path' | 'no-way' | 'not-read';

/** @param read What its source says; `null` where it could not be read. */
export const scriptWay = (read: ScriptSource | null): ScriptWay => {
  if (read === null) return 'not-read';
  const { resumeFlag } = read;
  return resumeFlag !== null && resumeFlag.takesValue && resumeFlag.used ? 'takes-path' : 'no-way';
};

/** The one edit that makes a script's command line resume from a checkpoint. */
export function scriptCallEdit(
  source: string,
  call: ScriptCall,
  flag: ResumeFlag | null,
  checkpointPath: string,
): Result<TextEdit, ScriptCallFailure> {
  const commands = scriptCommands(source).filter(({ from, to }) => from === call.from && to === call.to);
  const command = commands.find(({ script }) => script === call.script);
  if (command === undefined) return fail({ kind: 'no-script-call' });
  if (flag === null) return fail({ kind: 'script-without-flag' });
  if (!flag.takesValue) return fail({ kind: 'script-flag-takes-no-value' });
  if (!flag.used) return fail({ kind: 'script-ignores-flag' });
  const word = commandWord(checkpointPath, command.flavour);
  if (word === null) return fail({ kind: 'path-not-writable' });
  const options = commandOptions(source, command.words);
  const given = options.findLast(({ name }) => optionKey(name) === optionKey(flag.name));
  if (given === undefined) return ok({ from: command.end, to: command.end, text: ` ${flag.name} ${word}` });
  if (given.value === null) return ok({ from: given.to, to: given.to, text: ` ${word}` });
  return ok({ from: given.value.from, to: given.value.to, text: word });
}
