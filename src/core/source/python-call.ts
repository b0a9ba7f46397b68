import { childrenOf, textOf, type PythonTree, type SyntaxNode } from './python-tree.ts';

/** One argument of a call. */
export interface CallArgument {
  /** `star`: `*x`; `double-star`: `**x`. */
  readonly kind: 'positional' | 'keyword' | 'star' | 'double-star';
  /** The keyword; empty for the other kinds. */
  readonly keyword: string;
  readonly value: SyntaxNode;
  /** Offsets of the whole argument as written, keyword and stars included. */
  readonly from: number;
  readonly to: number;
}

/** A call expression taken apart. */
export interface PythonCall {
  readonly node: SyntaxNode;
  readonly callee: SyntaxNode;
  readonly arguments: readonly CallArgument[];
  /** Offset after the opening parenthesis. */
  readonly open: number;
}

/** Takes a call apart; `null` when it is not a call or its argument list is not whole. */
export function readCall(tree: PythonTree, node: SyntaxNode): PythonCall | null {
  if (node.name !== 'CallExpression') return null;
  const [callee, list] = childrenOf(node);
  if (callee === undefined || list?.name !== 'ArgList' || tree.text[list.to - 1] !== ')') return null;
  const read = readArguments(tree, list);
  return read === null ? null : { node, callee, arguments: read, open: list.from + 1 };
}

/** The arguments of an `ArgList`; `null` when the syntax inside is broken. */
export function readArguments(tree: PythonTree, list: SyntaxNode): readonly CallArgument[] | null {
  const found: CallArgument[] = [];
  let part: SyntaxNode[] = [];
  for (const child of childrenOf(list).slice(1)) {
    if (child.type.isError) return null;
    if (child.name !== ',' && child.name !== ')') {
      part.push(child);
      continue;
    }
    const argument = readArgument(tree, part);
    if (argument !== null) found.push(argument);
    part = [];
  }
  return found;
}

function readArgument(tree: PythonTree, part: readonly SyntaxNode[]): CallArgument | null {
  const [first, second, third] = part;
  const last = part.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = { from: first.from, to: last.to };
  if (first.name === '*' && second !== undefined)
    return { kind: 'star', keyword: '', value: second, ...span };
  if (first.name === '**' && second !== undefined) {
    return { kind: 'double-star', keyword: '', value: second, ...span };
  }
  if (second?.name === 'AssignOp' && third !== undefined && textOf(tree, second) === '=') {
    return { kind: 'keyword', keyword: textOf(tree, first), value: third, ...span };
  }
  return { kind: 'positional', keyword: '', value: first, ...span };
}

/** The value given for a keyword, or `null`. */
export function keywordValue(call: PythonCall, keyword: string): SyntaxNode | null {
  return call.arguments.find((argument) => argument.keyword === keyword)?.value ?? null;
}

/** The positional arguments before any `*x`. */
export function positionalValues(call: PythonCall): readonly SyntaxNode[] {
  const values: SyntaxNode[] = [];
  for (const argument of call.arguments) {
    if (argument.kind === 'star') break;
    if (argument.kind === 'positional') values.push(argument.value);
  }
  return values;
}
