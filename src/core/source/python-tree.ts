import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

export type { SyntaxNode } from '@lezer/common';

/** Parsed Python. Offsets of nodes are offsets in `text`. */
export interface PythonTree {
  readonly text: string;
  readonly root: SyntaxNode;
}

/** Longest text that is parsed; a longer cell (pasted data) reads as empty. */
const maxLength = 1_000_000;

/**
 * Parses Python; broken syntax gives a tree with error nodes, never an exception. Top-level `await` is accepted. What
 * the parser cannot take (it recurses, and gives up on some ten thousand nested brackets) reads as empty.
 */
export function parsePython(text: string): PythonTree {
  try {
    if (text.length <= maxLength) return { text, root: parser.parse(text).topNode };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return { text: '', root: parser.parse('').topNode };
}

/** The children that carry meaning: comments are left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

export const textOf = (tree: PythonTree, node: SyntaxNode): string => tree.text.slice(node.from, node.to);

/** Every node below and including `node` in source order; `skip` keeps a node's inside out. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode) => void,
  skip: (name: string) => boolean = () => false,
): void {
  const cursor = node.cursor();
  const end = node.to;
  for (;;) {
    visit(cursor.node);
    const into = cursor.from === node.from && cursor.name === node.name ? true : !skip(cursor.name);
    if (!cursor.next(into)) return;
    if (cursor.from >= end && end > node.from) return;
  }
}

/**
 * A name as it is assigned and looked up: `trainer`, `self.trainer`, `cfg["out"]` (always with double quotes).
 * `null` for anything that is not a plain chain of names and text keys.
 */
export function dottedName(tree: PythonTree, node: SyntaxNode): string | null {
  if (node.name === 'VariableName') return textOf(tree, node);
  if (node.name !== 'MemberExpression') return null;
  const parts: string[] = [];
  let here: SyntaxNode = node;
  while (here.name === 'MemberExpression') {
    const [object, mark, key] = childrenOf(here);
    if (object === undefined || mark === undefined || key === undefined || parts.length > 16) return null;
    if (key.name === 'PropertyName') parts.unshift(`.${textOf(tree, key)}`);
    else if (key.name === 'String' && /^(['"])[^'"\\\n]*\1$/.test(textOf(tree, key))) {
      parts.unshift(`["${textOf(tree, key).slice(1, -1)}"]`);
    } else return null;
    here = object;
  }
  return here.name === 'VariableName' ? textOf(tree, here) + parts.join('') : null;
}

/** The last part of a dotted name: `SFTTrainer` of `trl.SFTTrainer`. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
