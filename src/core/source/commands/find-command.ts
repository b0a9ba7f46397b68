import type { Following } from '../follow-value.ts';
import type { FrameworkTraining } from '../framework-training.ts';
import { shellCommands } from '../shell-commands.ts';
import type { SourceValue } from '../training-source.ts';
import type { CommandFamily, Given } from './command-family.ts';
import { FAMILIES, type FamilyId } from './families.ts';
import { keyValue, option, readCommand, type ReadCommand } from './read-command.ts';

const unknown = { kind: 'unknown' } as const;

/** The first command of a cell that runs a program known to train. */
export function findCommand(follow: Following, source: string, cell: number): FrameworkTraining | null {
  const cellId = follow.names.cells[cell]?.id ?? '';
  for (const command of shellCommands(source)) {
    const start = command.words[0]?.from ?? command.from;
    const read = readCommand(follow, source, command, { cell, at: command.from });
    const id = read === null ? null : familyOf(read);
    if (read === null || id === null) continue;
    const family: CommandFamily = FAMILIES[id];
    const folder = given(family.folder(read), cellId);
    return {
      framework: family.framework,
      cellId,
      folders: folder.kind === 'unknown' ? [] : [folder],
      epochs: number(family, read, family.epochs ?? [], cellId),
      steps: number(family, read, family.steps ?? [], cellId),
      site: {
        kind: 'command',
        family: id,
        start,
        from: command.from,
        to: command.to,
        directory: command.directory,
      },
    };
  }
  return null;
}

/** Which known program a command runs. */
export function familyOf(command: ReadCommand): FamilyId | null {
  return familyIds.find((id) => FAMILIES[id].is(command)) ?? null;
}

const isFamilyId = (id: string): id is FamilyId => Object.hasOwn(FAMILIES, id);
const familyIds: readonly FamilyId[] = Object.keys(FAMILIES).filter(isFamilyId);

const given = (value: Given<string>, cellId: string): SourceValue<string> =>
  value === null
    ? unknown
    : value.by === 'default'
      ? { kind: 'default', value: value.value }
      : { kind: 'known', value: value.value, cellId };

function number(
  family: CommandFamily,
  command: ReadCommand,
  names: readonly string[],
  cellId: string,
): SourceValue<number> {
  const text =
    family.keyValues === true
      ? names.map((name) => keyValue(command, name)).find((value) => value !== undefined)
      : option(command, ...names);
  return typeof text === 'string' && /^\d{1,15}$/.test(text)
    ? { kind: 'known', value: Number(text), cellId }
    : unknown;
}
