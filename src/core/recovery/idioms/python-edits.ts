import { readIpythonCell } from '../../source/ipython-cell.ts';
import { readCall, type PythonCall } from '../../source/python-call.ts';
import { parsePython, textOf, walk, type PythonTree, type SyntaxNode } from '../../source/python-tree.ts';
import { lineMark } from '../holdfast-cell.ts';
import type { TextEdit } from '../text-edit.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A cell's Python, with the offsets of the cell. */
export const parseCell = (source: string): PythonTree => parsePython(readIpythonCell(source).python);

/** The call at exactly these offsets, or `null`. */
export function callAt(tree: PythonTree, span: Span | null): PythonCall | null {
  let found: PythonCall | null = null;
  if (span === null) return null;
  walk(tree.root, (node) => {
    if (node.name === 'CallExpression' && node.from === span.from && node.to === span.to)
      found = readCall(tree, node);
  });
  return found;
}

/** Gives an argument by its keyword: in place of what is given for it, else behind the last one. */
export function setArgument(
  call: PythonCall,
  keyword: string,
  text: string,
  position: number | null = null,
): TextEdit {
  const given = call.arguments.find((argument) => argument.keyword === keyword);
  if (given !== undefined) return { from: given.value.from, to: given.to, text };
  const ordered = call.arguments.filter(({ kind }) => kind === 'positional' || kind === 'star');
  const own = position === null ? undefined : ordered[position];
  const counted =
    own?.kind === 'positional' && ordered.slice(0, position ?? 0).every(({ kind }) => kind !== 'star');
  if (own !== undefined && counted) return { from: own.from, to: own.to, text };
  return addArgument(call, `${keyword}=${text}`);
}

export function addArgument(call: PythonCall, text: string): TextEdit {
  const last = call.arguments.at(-1);
  return last === undefined
    ? { from: call.open, to: call.open, text }
    : { from: last.to, to: last.to, text: `, ${text}` };
}

/**
 * Puts lines before the statement that holds `offset`, indented as it is; where a statement does not begin its line
 * (`a = 1; model.fit()`, `if x: model.fit()`), before the one around it. `null`: there is no such place.
 */
export function linesBefore(
  source: string,
  tree: PythonTree,
  offset: number,
  lines: readonly string[],
): TextEdit | null {
  let node: SyntaxNode | null = tree.root.resolveInner(offset, 1);
  for (; node !== null; node = node.parent) {
    const parent = node.parent?.name;
    if (parent !== 'Script' && parent !== 'Body') continue;
    const start = source.lastIndexOf('\n', node.from - 1) + 1;
    const indent = source.slice(start, node.from);
    if (!/^[ \t]*$/.test(indent)) continue;
    const text = lines.map((line) => `${indent}${line}${lineMark}\n`).join('');
    return { from: start, to: start, text };
  }
  return null;
}

/** Whether a text is a name or a chain of names: something that can be assigned to and asked. */
export const isName = (text: string): boolean => /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text);

/** The object that a method is called on. */
export const objectOf = (call: PythonCall): SyntaxNode | null => call.callee.firstChild;

/** Whether Python can read a text without an error, as far as its tree tells. */
export function isWhole(source: string): boolean {
  const tree = parseCell(source);
  let whole = true;
  walk(tree.root, (node) => {
    if (node.type.isError) whole = false;
  });
  return whole;
}

/** The calls of a method in a cell: `trainer.resume_or_load(…)`. */
export function callsTo(tree: PythonTree, callee: string): readonly PythonCall[] {
  const found: PythonCall[] = [];
  walk(tree.root, (node) => {
    const call = node.name === 'CallExpression' ? readCall(tree, node) : null;
    if (call !== null && textOf(tree, call.callee).replace(/\s/g, '') === callee) found.push(call);
  });
  return found;
}
