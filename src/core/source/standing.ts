import type { ExecutedCall } from './executed-calls.ts';
import { lookUp } from './name-lookup.ts';
import { keywordValue, positionalValues } from './python-call.ts';
import type { Place, PythonNames } from './python-names.ts';
import { dottedName, type SyntaxNode } from './python-tree.ts';

/** An expression and where it stands; `via` are the calls that led there, for what a function was given. */
export interface Standing {
  readonly node: SyntaxNode;
  readonly place: Place;
  readonly via: ExecutedCall['via'];
}

/** What the call that led into a function gave for one of its parameters. */
export function givenFor(name: string, via: ExecutedCall['via']): Standing | null {
  const last = via.at(-1);
  if (last === undefined) return null;
  const { call, place, into } = last;
  const parameters = into.parameters[0] === 'self' ? into.parameters.slice(1) : into.parameters;
  const index = parameters.indexOf(name);
  const node = keywordValue(call, name) ?? (index < 0 ? undefined : positionalValues(call)[index]);
  return node === undefined || node === null ? null : { node, place, via: via.slice(0, -1) };
}

/** The same for an expression that is a parameter and nothing else; `null`: it is none, or has got another value since. */
export function handedTo(names: PythonNames, { node, place, via }: Standing): Standing | null {
  const tree = names.cells[place.cell]?.tree;
  const name = tree === undefined ? null : dottedName(tree, node);
  const { candidates } = name === null ? { candidates: [] } : lookUp(names, name, place);
  return name !== null && candidates.length === 1 && candidates[0]?.to.kind === 'opaque'
    ? givenFor(name, via)
    : null;
}
