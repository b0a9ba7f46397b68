import { importedPath, lookUp } from './name-lookup.ts';
import { keywordValue, positionalValues, type CallArgument, type PythonCall } from './python-call.ts';
import type { Place, PythonNames } from './python-names.ts';
import { childrenOf, dottedName, textOf, type PythonTree, type SyntaxNode } from './python-tree.ts';

/** A call of a function of the notebook as it comes about through a launcher. */
export interface LaunchedCall {
  /** The function's name. */
  readonly callee: string;
  /** The launcher's call with the function's own arguments. */
  readonly call: PythonCall;
}

const LAUNCHER = /(?:^|\.)(?:notebook_launcher|debug_launcher)$/;

/**
 * `notebook_launcher(train, args=(model, 3), num_processes=1)` is `train(model, 3)`, in this process or in others (accelerate 1.15,
 * `launchers.py`). `null`: the call launches nothing, or a function that has no name.
 */
export function launchedCall(
  names: PythonNames,
  tree: PythonTree,
  call: PythonCall,
  place: Place,
): LaunchedCall | null {
  const name = dottedName(tree, call.callee);
  if (name === null || !LAUNCHER.test(importedPath(names, name, place))) return null;
  const [first, second] = positionalValues(call);
  const given = keywordValue(call, 'function') ?? first;
  const callee = given === undefined ? null : dottedName(tree, given);
  if (callee === null) return null;
  const values = elementsOf(names, tree, keywordValue(call, 'args') ?? second ?? null, place);
  return { callee, call: { ...call, arguments: values.map(positional) } };
}

const positional = (value: SyntaxNode): CallArgument => ({
  kind: 'positional',
  keyword: '',
  value,
  from: value.from,
  to: value.to,
});

/** What stands in a tuple or list that is written in the call, or in the same cell above it; nothing where that cannot be seen. */
function elementsOf(
  names: PythonNames,
  tree: PythonTree,
  node: SyntaxNode | null,
  place: Place,
): readonly SyntaxNode[] {
  if (node === null) return [];
  if (node.name === 'TupleExpression' || node.name === 'ArrayExpression')
    return childrenOf(node).filter(({ name }) => !/^[()[\],*]$/.test(name));
  if (node.name !== 'VariableName') return [];
  const { candidates, definite } = lookUp(names, textOf(tree, node), place);
  const [binding] = candidates;
  if (!definite || candidates.length > 1 || binding?.to.kind !== 'expression') return [];
  if (binding.cell !== place.cell || binding.to.node.name === 'VariableName') return [];
  return elementsOf(names, tree, binding.to.node, { cell: binding.cell, at: binding.at });
}
