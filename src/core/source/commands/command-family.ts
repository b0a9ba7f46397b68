import type { Framework } from '../../framework.ts';
import { joinPath } from '../posix-path.ts';
import { option, type ReadCommand } from './read-command.ts';

/** A folder or a number of a command line: as given, the program's default, or not known. */
export type Given<T> = { readonly value: T; readonly by: 'command' | 'default' } | null;

/** A program that trains, how it is told from others, and what its options say. */
export interface CommandFamily {
  readonly framework: Framework;
  readonly is: (command: ReadCommand) => boolean;
  readonly folder: (command: ReadCommand) => Given<string>;
  /** Names of its options for the last epoch and the last step. */
  readonly epochs?: readonly string[];
  readonly steps?: readonly string[];
  /** `name=value` instead of `--name value`. */
  readonly keyValues?: boolean;
}

export const has = ({ options }: ReadCommand, ...names: readonly string[]): boolean =>
  names.some((name) => options.has(name));
export const script = (command: ReadCommand, name: RegExp): boolean =>
  command.kind === 'script' && name.test(command.program);

/** The option's text, else a default; something given that cannot be followed is not known. */
export const named = (text: string | null | undefined, otherwise: string | null): Given<string> => {
  if (text === undefined) return otherwise === null ? null : { value: otherwise, by: 'default' };
  return text === null ? null : { value: text, by: 'command' };
};

export const optionFolder =
  (otherwise: string | null, ...names: readonly string[]) =>
  (command: ReadCommand): Given<string> =>
    named(option(command, ...names), otherwise);

export const noFolder = (): Given<string> => null;

/** `project/name`: given when either is. */
export const projectFolder = (
  project: string | null | undefined,
  name: string | null | undefined,
  defaults: { readonly project: string; readonly name: string },
): Given<string> => {
  const one = named(project, defaults.project);
  const other = named(name, defaults.name);
  if (one === null || other === null) return null;
  const by = one.by === 'command' || other.by === 'command' ? 'command' : 'default';
  return { value: joinPath([one.value, other.value]), by };
};

export const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.\w+$/, '');
export const firstWord = ({ words }: ReadCommand): string | undefined =>
  words.find((word) => word !== null && !word.startsWith('-')) ?? undefined;
