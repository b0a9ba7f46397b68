import { childrenOf, textOf, type PythonTree, type SyntaxNode } from '../../source/python-tree.ts';

/** The innermost function around an offset; `null` at the top of the cell. */
function functionAround(tree: PythonTree, offset: number): SyntaxNode | null {
  let node: SyntaxNode | null = tree.root.resolveInner(offset, 1);
  while (node !== null && node.name !== 'FunctionDefinition') node = node.parent;
  return node;
}

/**
 * Whether a line put at an offset may give a name a value. In a function that only reads the name it must not: the name would
 * become the function's own, and what reads it further up would fail.
 */
export function mayAssign(tree: PythonTree, offset: number, name: string): boolean {
  const definition = functionAround(tree, offset);
  const [root = name] = name.split('.');
  if (definition === null || root !== name) return true;
  const parameters = definition.getChild('ParamList');
  const given = parameters === null ? [] : childrenOf(parameters).map((part) => textOf(tree, part));
  if (given.includes(name)) return true;
  const text = textOf(tree, definition);
  return new RegExp(
    `(?:^|[\\s,(;])${name}\\s*(?:,[^=\\n]*)?=(?!=)|\\b(?:global|nonlocal)\\b[^\\n]*\\b${name}\\b`,
    'm',
  ).test(text);
}

/** How a line at an offset can reach torch: inside a function under a name of its own, for the same reason. */
export const torchAt = (
  tree: PythonTree,
  offset: number,
): { readonly line: string; readonly name: string } =>
  functionAround(tree, offset) === null
    ? { line: 'import torch', name: 'torch' }
    : { line: 'import torch as _torch', name: '_torch' };
