import type { Binding, PythonNames } from './python-names.ts';
import { childrenOf, textOf, walk, type SyntaxNode } from './python-tree.ts';

export interface FunctionDefinition {
  readonly cell: number;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  /** Names of the parameters that can be given by position, `self` included. */
  readonly parameters: readonly string[];
}

/** The definition that bound a function's name. */
export function functionAt(
  names: PythonNames,
  { cell, at }: Pick<Binding, 'cell' | 'at'>,
): FunctionDefinition | null {
  const tree = names.cells[cell]?.tree;
  if (tree === undefined) return null;
  let node: SyntaxNode | null = tree.root.resolveInner(at, 1);
  while (node !== null && node.name !== 'FunctionDefinition' && node.from === at) node = node.parent;
  const body = node?.name === 'FunctionDefinition' ? node.getChild('Body') : null;
  if (node === null || body === null) return null;
  const list = node.getChild('ParamList');
  const parts = list === null ? [] : childrenOf(list);
  const open = parts.findIndex((part) => part.name === '*' || part.name === '**');
  const parameters = (open < 0 ? parts : parts.slice(0, open))
    .filter((part, index) => part.name === 'VariableName' && parts[index - 1]?.name !== 'AssignOp')
    .map((part) => textOf(tree, part));
  return { cell, node, body, parameters };
}

/** A value that a function may return, and where its statement stands. */
export interface ReturnedValue {
  readonly value: SyntaxNode;
  readonly at: number;
}

/** The first few values that a function of the notebook may return, in the order of the source. */
export function returnedValues(
  names: PythonNames,
  binding: Pick<Binding, 'cell' | 'at'>,
): readonly ReturnedValue[] {
  const definition = functionAt(names, binding);
  const returns: SyntaxNode[] = [];
  if (definition === null) return [];
  walk(
    definition.body,
    (node) => {
      if (node.name === 'ReturnStatement') returns.push(node);
    },
    (name) => name === 'FunctionDefinition' || name === 'LambdaExpression' || name === 'ClassDefinition',
  );
  return returns.slice(0, 4).flatMap((statement) => {
    const value = childrenOf(statement)[1];
    return value === undefined ? [] : [{ value, at: statement.from }];
  });
}
