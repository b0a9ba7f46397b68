import { childrenOf, dottedName, textOf, type PythonTree, type SyntaxNode } from './python-tree.ts';

/** What a name stands for after a binding. `opaque`: bound, but not to anything that can be followed. */
export type BoundTo =
  | { readonly kind: 'expression'; readonly node: SyntaxNode }
  | { readonly kind: 'update'; readonly operator: string; readonly node: SyntaxNode }
  | { readonly kind: 'import'; readonly path: string }
  | { readonly kind: 'class'; readonly bases: readonly string[] }
  | { readonly kind: 'function' }
  | { readonly kind: 'opaque' };

/** The names that an assignment (`a = b = 1`, `a, b = 1, 2`, `a += 1`, `a: int = 3`) binds, each with its value. */
export function bindingsOfAssignment(
  tree: PythonTree,
  node: SyntaxNode,
): readonly (readonly [string, BoundTo])[] {
  const sides = splitAtOperators(node);
  const values = sides.at(-1);
  if (values === undefined || sides.length < 2) return [];
  if (node.name === 'UpdateStatement') return updateOf(tree, node, values);
  return sides.slice(0, -1).flatMap((targets) => pair(tree, targets, values));
}

type Side = readonly SyntaxNode[];

function splitAtOperators(node: SyntaxNode): readonly Side[] {
  const sides: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp' || child.name === 'UpdateOp') sides.push([]);
    else if (child.name !== 'TypeDef') sides.at(-1)?.push(child);
  }
  return sides;
}

function updateOf(tree: PythonTree, node: SyntaxNode, values: Side): readonly (readonly [string, BoundTo])[] {
  const [target, operator] = childrenOf(node);
  const [value] = values;
  const name = target === undefined ? null : dottedName(tree, target);
  if (name === null || operator === undefined || value === undefined) return [];
  return [[name, { kind: 'update', operator: textOf(tree, operator).slice(0, -1), node: value }]];
}

function pair(tree: PythonTree, targets: Side, values: Side): readonly (readonly [string, BoundTo])[] {
  const names = elements(targets);
  const given = elements(values);
  const [only] = values;
  if (targets.length === 1 && values.length === 1 && names.length === 1 && only !== undefined) {
    return named(tree, names[0], { kind: 'expression', node: only });
  }
  const pairwise = names.length > 1 && names.length === given.length && !hasStar(targets) && !hasStar(values);
  return names.flatMap((target, index) => {
    const value = given[index];
    return named(tree, target, pairwise && value ? { kind: 'expression', node: value } : { kind: 'opaque' });
  });
}

function named(
  tree: PythonTree,
  node: SyntaxNode | undefined,
  to: BoundTo,
): readonly (readonly [string, BoundTo])[] {
  const name = node === undefined ? null : dottedName(tree, node);
  return name === null ? [] : [[name, to]];
}

const hasStar = (side: Side): boolean => side.some((node) => node.name === '*');

/** The parts of one side: `a, b`, `(a, b)` and `[a, b]` are two, anything else is one. */
function elements(side: Side): readonly SyntaxNode[] {
  const [only] = side;
  const list = side.length === 1 && only !== undefined && /^(?:Tuple|Array)Expression$/.test(only.name);
  const parts = list ? childrenOf(only) : side;
  return parts.filter((part) => !/^[,()[\]*]$/.test(part.name));
}
