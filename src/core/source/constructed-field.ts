import { followName, followValue, type Following } from './follow-value.ts';
import type { ArgumentField } from './argument-fields.ts';
import { lookUp } from './name-lookup.ts';
import { keywordValue, positionalValues, readCall } from './python-call.ts';
import type { Place } from './python-names.ts';
import { childrenOf, textOf, type SyntaxNode } from './python-tree.ts';
import type { PythonValue } from './python-value.ts';
import { handedTo } from './standing.ts';
import type { Construction } from './trainer-class.ts';

/** A value that a field may have, and the cell that gives it; `null`: something that cannot be followed. */
export interface Possible {
  readonly value: PythonValue | null;
  readonly cell: number;
}

/** What a dictionary holds for a key: `null` when that cannot be told. */
type Entry = PythonValue | 'absent' | null;

/** What the constructor was given for a field; `absent` when nothing can have given it. */
export function constructedField<T>(
  follow: Following,
  made: Construction,
  { name, oldName }: Pick<ArgumentField<T>, 'name' | 'oldName'>,
): Possible | 'absent' | null {
  const found = constructedByName(follow, made, name);
  return found === 'absent' && oldName !== undefined ? constructedByName(follow, made, oldName) : found;
}

function constructedByName(follow: Following, made: Construction, name: string): Possible | 'absent' | null {
  const { cell } = made.place;
  const positional = name === 'output_dir' ? positionalValues(made.call)[0] : undefined;
  const given = keywordValue(made.call, name) ?? positional ?? null;
  if (given !== null)
    return { value: enumOrValue(follow, given, made.place) ?? handedValue(follow, given, made), cell };
  for (const argument of made.call.arguments) {
    if (argument.kind === 'star') return null;
    if (argument.kind !== 'double-star') continue;
    const entry = spreadEntry(follow, argument.value, name, made.place);
    if (entry !== 'absent') return entry === null ? null : { value: entry, cell };
  }
  const tree = follow.names.cells[cell]?.tree;
  const callee = tree === undefined ? '' : textOf(tree, made.call.callee);
  const inClass = lookUp(follow.names, `${callee}.${name}`, made.place).candidates.length > 0;
  return inClass ? { value: followName(follow, `${callee}.${name}`, made.place), cell } : 'absent';
}

/** What the function in which the arguments are made was called with, where that is a parameter of it. */
function handedValue(follow: Following, given: SyntaxNode, { place, via }: Construction): PythonValue | null {
  const handed = handedTo(follow.names, { node: given, place, via });
  return handed === null ? null : enumOrValue(follow, handed.node, handed.place);
}

/** `**common` with a literal dictionary or `dict(…)` behind it; `null` when it cannot be seen through. */
function spreadEntry(follow: Following, node: SyntaxNode, key: string, place: Place, depth = 0): Entry {
  const tree = follow.names.cells[place.cell]?.tree;
  if (tree === undefined || depth > 12) return null;
  if (node.name === 'VariableName') return namedEntry(follow, textOf(tree, node), key, place, depth);
  const call = readCall(tree, node);
  if (call !== null) {
    const plain =
      textOf(tree, call.callee) === 'dict' && call.arguments.every(({ kind }) => kind === 'keyword');
    const value = keywordValue(call, key);
    if (!plain) return null;
    return value === null ? 'absent' : followValue(follow, value, place);
  }
  const parts = childrenOf(node);
  if (node.name !== 'DictionaryExpression' || parts.some((part) => part.name === '**')) return null;
  const keys = parts.filter((_, index) => parts[index + 1]?.name === ':');
  if (keys.some((part) => part.name !== 'String')) return null;
  const at = keys.findLast((part) => textOf(tree, part).slice(1, -1) === key);
  const value = at === undefined ? undefined : parts[parts.indexOf(at) + 2];
  return value === undefined ? 'absent' : followValue(follow, value, place);
}

/** A dictionary by its name, with `common["save_steps"] = 5` after it; one that is changed by `update` is not followed. */
function namedEntry(follow: Following, name: string, key: string, place: Place, depth: number): Entry {
  const { candidates, definite } = lookUp(follow.names, name, place);
  const [binding] = candidates;
  if (binding?.to.kind !== 'expression' || !definite || candidates.length > 1) return null;
  const at = { cell: binding.cell, at: binding.at };
  if (follow.names.cells.some(({ tree }) => tree.text.includes(`${name}.update(`))) return null;
  const entry = `${name}["${key}"]`;
  if (lookUp(follow.names, entry, place, at).candidates.length > 0) return followName(follow, entry, place);
  return spreadEntry(follow, binding.to.node, key, at, depth + 1);
}

/** `IntervalStrategy.STEPS`, `SaveStrategy.NO` stand for their lower-case values (transformers/trainer_utils.py). */
function enumOrValue(follow: Following, node: SyntaxNode, place: Place): PythonValue | null {
  const tree = follow.names.cells[place.cell]?.tree;
  const named =
    tree === undefined ? null : /(?:Interval|Save)Strategy\.(NO|STEPS|EPOCH|BEST)$/.exec(textOf(tree, node));
  const value = named?.[1];
  return value === undefined ? followValue(follow, node, place) : { type: 'str', value: value.toLowerCase() };
}
