import { importedPath, lookUp } from '../name-lookup.ts';
import type { PythonCall } from '../python-call.ts';
import type { Place, PythonNames } from '../python-names.ts';
import { lastPart } from '../python-tree.ts';
import { callsOf } from '../script-parsers.ts';
import { isGiven, type Scene } from './scene.ts';

export interface Constructed {
  readonly call: PythonCall;
  readonly path: string;
  readonly place: Place;
}

/**
 * The calls that make an object of one of these classes (`ModelCheckpoint`), in the cells up to one; a class of the
 * notebook with that name is not meant. Callbacks reach their trainer by many ways, so their way is not followed.
 */
export function constructions(
  names: PythonNames,
  classes: readonly string[],
  upTo: number,
): readonly Constructed[] {
  if (!names.cells.some(({ tree }) => classes.some((name) => tree.text.includes(name)))) return [];
  return callsOf(names).flatMap(({ call, place, name }) => {
    const path = importedPath(names, name, place);
    if (place.cell > upTo || !classes.includes(lastPart(path))) return [];
    const own = lookUp(names, path, place).candidates[0]?.to.kind === 'class';
    return own ? [] : [{ call, path, place }];
  });
}

/** Whether the notebook imports something of a package, stars included. */
export function imports(names: PythonNames, packages: readonly string[]): boolean {
  const known =
    imported.get(names) ?? new Set(names.cells.flatMap(({ tree }) => importedPackages(tree.text)));
  imported.set(names, known);
  return packages.some((name) => known.has(name));
}

const imported = new WeakMap<PythonNames, ReadonlySet<string>>();

function importedPackages(text: string): readonly string[] {
  return Array.from(text.matchAll(/^[ \t]*(from|import)[ \t]+([^#\n]*)/gm)).flatMap(([, kind, list = '']) =>
    (kind === 'from' ? [list] : list.split(',')).flatMap((name) => /^\s*(\w+)/.exec(name)?.[1] ?? []),
  );
}

/** Whether a `ModelCheckpoint` is told to leave the optimizer out. */
export const savesWeights = ({ follow, cell }: Scene, keyword: string): boolean =>
  constructions(follow.names, ['ModelCheckpoint'], cell).some(({ call, place }) => {
    const tree = follow.names.cells[place.cell]?.tree;
    return tree !== undefined && isGiven(call, keyword, tree);
  });
