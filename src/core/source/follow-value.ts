import { lookUp, importedPath } from './name-lookup.ts';
import { callFunction, callMethod, itemAt, pathAttribute } from './python-methods.ts';
import { positionalValues, readCall, keywordValue } from './python-call.ts';
import type { Binding, Place, PythonNames } from './python-names.ts';
import { stringPieces } from './python-text.ts';
import { childrenOf, dottedName, textOf, type PythonTree, type SyntaxNode } from './python-tree.ts';
import {
  asText,
  negate,
  operate,
  parseNumber,
  sameValue,
  textValue,
  type PythonValue,
} from './python-value.ts';

/** What is needed to follow values: the names, and what is known from outside of Python. */
export interface Following {
  readonly names: PythonNames;
  /** The value of an attribute of what `parse_args()` returned; `null`: unknown. */
  readonly option: (attribute: string) => PythonValue | null;
  /** Values already followed, by binding: each is followed once, and a circle ends. */
  readonly known: Map<Binding, PythonValue | null>;
  /** Names still followed before giving up, and how deep it is at the moment: the source may be hostile. */
  readonly budget: { left: number; depth: number };
}

/** Starts following values in a notebook's names; `option` answers for attributes of parsed command-line options. */
export const following = (names: PythonNames, option: Following['option'] = () => null): Following => ({
  names,
  option,
  known: new Map(),
  budget: { left: 20_000, depth: 0 },
});

interface Where {
  readonly tree: PythonTree;
  readonly place: Place;
  readonly depth: number;
}

const maxDepth = 40;

/** The value of an expression at a place, through literals, names, arithmetic and joins; `null` when not followable. */
export function followValue(follow: Following, node: SyntaxNode, place: Place): PythonValue | null {
  const tree = follow.names.cells[place.cell]?.tree;
  return tree === undefined ? null : evaluate(follow, node, { tree, place, depth: 0 });
}

/** The value of a dotted name at a place. */
export function followName(follow: Following, name: string, place: Place): PythonValue | null {
  follow.budget.left -= 1;
  if (follow.budget.left < 0 || follow.budget.depth > maxDepth) return null;
  follow.budget.depth += 1;
  const value = lookUpValue(follow, name, place);
  follow.budget.depth -= 1;
  return value;
}

function lookUpValue(follow: Following, name: string, place: Place): PythonValue | null {
  const { candidates } = lookUp(follow.names, name, place);
  const values = candidates.map((binding) => valueOfBinding(follow, binding));
  const [first] = values;
  if (first !== undefined && first !== null) {
    return values.every((value) => value !== null && sameValue(value, first)) || values.length === 1
      ? first
      : null;
  }
  return candidates.length > 0 ? null : attributeOfName(follow, name, place);
}

/** The value a name has after one of its bindings. */
export function valueOfBinding(follow: Following, binding: Binding): PythonValue | null {
  const known = follow.known.get(binding);
  if (known !== undefined) return known;
  follow.known.set(binding, null);
  const place = { cell: binding.cell, at: binding.at };
  let value: PythonValue | null = null;
  if (binding.to.kind === 'expression') value = followValue(follow, binding.to.node, place);
  if (binding.to.kind === 'update') {
    const before = followName(follow, binding.name, place);
    const added = followValue(follow, binding.to.node, place);
    value = before === null || added === null ? null : operate(before, binding.to.operator, added);
  }
  follow.known.set(binding, value);
  return value;
}

/** `cfg.out` where `cfg` is an instance of a class of the notebook, another name, a `dict(…)`, or parsed options. */
function attributeOfName(follow: Following, name: string, place: Place): PythonValue | null {
  const key = /^(.*)(?:\.(\w+)|\["([^"]*)"\])$/.exec(name);
  const base = key?.[1];
  const attribute = key?.[2] ?? key?.[3];
  if (base === undefined || attribute === undefined) return null;
  const { candidates, definite } = lookUp(follow.names, base, place);
  const [binding] = candidates;
  if (binding === undefined || !definite || candidates.length > 1) return null;
  const here = { cell: binding.cell, at: binding.at };
  if (binding.to.kind !== 'expression') return null;
  const node = binding.to.node;
  const tree = follow.names.cells[binding.cell]?.tree;
  if (tree === undefined) return null;
  const alias = dottedName(tree, node);
  if (alias !== null && alias !== base) return followName(follow, alias + name.slice(base.length), here);
  if (node.name === 'DictionaryExpression')
    return entryOf(follow, node, attribute, { tree, place: here, depth: 0 });
  return attributeOfCall(follow, node, attribute, { tree, place: here, depth: 0 });
}

function attributeOfCall(
  follow: Following,
  node: SyntaxNode,
  attribute: string,
  where: Where,
): PythonValue | null {
  const call = readCall(where.tree, node);
  if (call === null) return null;
  const given = keywordValue(call, attribute);
  if (given !== null) return evaluate(follow, given, where);
  const callee = textOf(where.tree, call.callee);
  if (callee.endsWith('.parse_args')) return follow.option(attribute);
  const isClass = lookUp(follow.names, callee, where.place).candidates[0]?.to.kind === 'class';
  return isClass && positionalValues(call).length === 0
    ? followName(follow, `${callee}.${attribute}`, where.place)
    : null;
}

function entryOf(follow: Following, node: SyntaxNode, key: string, where: Where): PythonValue | null {
  const parts = childrenOf(node);
  for (let at = parts.length - 1; at > 1; at -= 1) {
    const name = parts[at - 2];
    const value = parts[at];
    if (parts[at]?.name === '**' || value === undefined) return null;
    if (parts[at - 1]?.name !== ':' || name === undefined) continue;
    const text = evaluate(follow, name, where);
    if (text?.type === 'str' && text.value === key) return evaluate(follow, value, where);
  }
  return null;
}

function evaluate(follow: Following, node: SyntaxNode, where: Where): PythonValue | null {
  if (where.depth > maxDepth) return null;
  const inner = { ...where, depth: where.depth + 1 };
  const children = childrenOf(node);
  const [first, second, third] = children;
  switch (node.name) {
    case 'Number':
      return parseNumber(textOf(where.tree, node));
    case 'Boolean':
      return { type: 'bool', value: textOf(where.tree, node) === 'True' };
    case 'None':
      return { type: 'none' };
    case 'String':
    case 'FormatString':
      return evaluateString(follow, node, inner);
    case 'ContinuedString':
      return children.map((part) => evaluate(follow, part, inner)).reduce(joined);
    case 'ParenthesizedExpression':
      return second === undefined ? null : evaluate(follow, second, inner);
    case 'VariableName':
      return followName(follow, textOf(where.tree, node), where.place);
    case 'MemberExpression':
      return evaluateMember(follow, node, inner);
    case 'UnaryExpression': {
      const value = second === undefined ? null : evaluate(follow, second, inner);
      return value === null || first === undefined ? null : negate(textOf(where.tree, first), value);
    }
    case 'BinaryExpression': {
      const left = first === undefined ? null : evaluate(follow, first, inner);
      const right = left === null || third === undefined ? null : evaluate(follow, third, inner);
      if (left === null || right === null || second === undefined) return null;
      return operate(left, textOf(where.tree, second), right);
    }
    case 'ArrayExpression':
    case 'TupleExpression': {
      const items = children.filter((child) => !/^[,()[\]]$/.test(child.name));
      const values = items.flatMap((item) => evaluate(follow, item, inner) ?? []);
      return values.length === items.length && values.length <= 100 ? { type: 'list', items: values } : null;
    }
    case 'CallExpression':
      return evaluateCall(follow, node, inner);
    default:
      return null;
  }
}

const joined = (left: PythonValue | null, right: PythonValue | null): PythonValue | null =>
  left === null || right === null ? null : operate(left, '+', right);

function evaluateString(follow: Following, node: SyntaxNode, where: Where): PythonValue | null {
  let text = '';
  for (const piece of stringPieces(where.tree, node) ?? [null]) {
    if (piece === null) return null;
    const value = piece.kind === 'text' ? piece.text : asTextOrNull(evaluate(follow, piece.node, where));
    if (value === null) return null;
    text += value;
  }
  return textValue(text);
}

const asTextOrNull = (value: PythonValue | null): string | null => (value === null ? null : asText(value));

function evaluateMember(follow: Following, node: SyntaxNode, where: Where): PythonValue | null {
  const name = dottedName(where.tree, node);
  const named = name === null ? null : followName(follow, name, where.place);
  if (named !== null || (name !== null && lookUp(follow.names, name, where.place).candidates.length > 0))
    return named;
  const [object, mark, key] = childrenOf(node);
  const value = object === undefined ? null : evaluate(follow, object, where);
  if (value === null || key === undefined) return null;
  if (mark?.name === '.') return pathAttribute(value, textOf(where.tree, key));
  const index = evaluate(follow, key, where);
  return index === null ? null : itemAt(value, index);
}

function evaluateCall(follow: Following, node: SyntaxNode, where: Where): PythonValue | null {
  const call = readCall(where.tree, node);
  if (call === null) return null;
  const name = dottedName(where.tree, call.callee);
  const path = name === null ? '' : importedPath(follow.names, name, where.place);
  const fallback = keywordValue(call, 'default');
  if (/(?:^|\.)(?:field|Field)$/.test(path) && fallback !== null) return evaluate(follow, fallback, where);
  if (call.arguments.some((argument) => argument.kind !== 'positional')) return null;
  const values = call.arguments.flatMap((argument) => evaluate(follow, argument.value, where) ?? []);
  if (values.length !== call.arguments.length) return null;
  const isOwn = lookUp(follow.names, path, where.place).candidates.length > 0;
  const known = isOwn ? null : callFunction(path, values);
  const [object, , method] = childrenOf(call.callee);
  if (
    known !== null ||
    call.callee.name !== 'MemberExpression' ||
    object === undefined ||
    method === undefined
  )
    return known;
  const on = evaluate(follow, object, where);
  return on === null ? null : callMethod(on, textOf(where.tree, method), values);
}
