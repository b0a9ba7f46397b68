import { returnedValues } from './function-definition.ts';
import { importedPath, lookUp } from './name-lookup.ts';
import { readCall, type PythonCall } from './python-call.ts';
import type { Binding, Place, PythonNames } from './python-names.ts';
import { childrenOf, dottedName, textOf, type SyntaxNode } from './python-tree.ts';

/** The call that made an object, and what was called. */
export interface Made {
  readonly call: PythonCall;
  /** The callee as written: `pl.Trainer`. */
  readonly callee: string;
  /** Through the imports: `pytorch_lightning.Trainer`. */
  readonly path: string;
  readonly place: Place;
}

const maxDepth = 24;

/**
 * The call that made what an expression stands for, through names and through functions of the notebook that return it
 * (`model = build_model()`). `null` when it cannot be followed.
 */
export function madeBy(names: PythonNames, node: SyntaxNode, place: Place, depth = 0): Made | null {
  const known = cacheOf(names);
  const key = `${place.cell} ${place.at} ${place.calledAt ?? ''} ${node.from} ${node.to}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, null);
  const made = follow(names, node, place, depth);
  known.set(key, made);
  return made;
}

/** Each expression is followed once: a circle ends, and functions with many returns do not multiply. */
const followed = new WeakMap<PythonNames, Map<string, Made | null>>();

function cacheOf(names: PythonNames): Map<string, Made | null> {
  const known = followed.get(names) ?? new Map<string, Made | null>();
  followed.set(names, known);
  return known;
}

function follow(names: PythonNames, node: SyntaxNode, place: Place, depth: number): Made | null {
  const tree = names.cells[place.cell]?.tree;
  if (tree === undefined || depth > maxDepth) return null;
  const name = dottedName(tree, node);
  if (name !== null) return madeByName(names, name, place, depth + 1);
  const call = readCall(tree, node);
  if (call === null) return null;
  const callee = dottedName(tree, call.callee);
  if (callee === null) return chained(names, call, textOf(tree, call.callee), place, depth);
  const returned = madeInFunction(names, callee, place, depth + 1);
  return returned ?? { call, callee, path: importedPath(names, callee, place), place };
}

/** `Trainer(…).to(device)`: what the first call made. */
function chained(
  names: PythonNames,
  call: PythonCall,
  callee: string,
  place: Place,
  depth: number,
): Made | null {
  const [object] = childrenOf(call.callee);
  const made =
    object?.name === 'CallExpression' && call.callee.name === 'MemberExpression'
      ? madeBy(names, object, place, depth + 1)
      : null;
  return made ?? { call, callee, path: callee, place };
}

export function madeByName(names: PythonNames, name: string, place: Place, depth = 0): Made | null {
  if (depth > maxDepth) return null;
  for (const binding of lookUp(names, name, place).candidates) {
    const made = madeByBinding(names, binding, depth);
    if (made !== null) return made;
  }
  return null;
}

function madeByBinding(names: PythonNames, { to, cell, at }: Binding, depth: number): Made | null {
  if (to.kind !== 'expression') return null;
  return madeBy(names, to.node, { cell, at }, depth);
}

function madeInFunction(names: PythonNames, callee: string, place: Place, depth: number): Made | null {
  const [binding] = lookUp(names, callee, place).candidates;
  if (binding?.to.kind !== 'function') return null;
  for (const { value, at } of returnedValues(names, binding)) {
    const made = madeBy(names, value, { cell: binding.cell, at }, depth);
    if (made !== null) return made;
  }
  return null;
}

/** The paths of all classes that a class of the notebook inherits from; for any other class its own path alone. */
export function classPaths(names: PythonNames, path: string, place: Place, depth = 0): readonly string[] {
  const own = lookUp(names, path, place).candidates[0]?.to;
  if (own?.kind !== 'class' || depth > 4) return [path];
  const bases = own.bases.slice(0, 8).map((base) => importedPath(names, base, place));
  return [path, ...bases.flatMap((base) => (base === path ? [] : classPaths(names, base, place, depth + 1)))];
}
