import { readIpythonCell } from './ipython-cell.ts';
import { bindingsOfAssignment, type BoundTo } from './assignment-targets.ts';
import {
  childrenOf,
  dottedName,
  parsePython,
  textOf,
  type PythonTree,
  type SyntaxNode,
} from './python-tree.ts';
import type { CellSource } from './training-source.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A position in the notebook's code. */
export interface Place {
  readonly cell: number;
  readonly at: number;
  /** Inside a function's body: where that function is called at top level, for what the module knows by then. */
  readonly calledAt?: number;
}

/** One place where a name gets its value. */
export interface Binding {
  /** Dotted, see `dottedName`. */
  readonly name: string;
  readonly to: BoundTo;
  readonly cell: number;
  readonly at: number;
  /** Bodies of `if`, `for`, `while`, `try`, `match` around it: it may not happen. */
  readonly maybe: readonly Span[];
  /** The function around it, `null` at top level. */
  readonly scope: Span | null;
}

/** A cell as it was read. */
export interface ReadCell {
  readonly id: string;
  readonly tree: PythonTree;
}

/** Everything the notebook's code binds, in the order of the notebook. */
export interface PythonNames {
  readonly cells: readonly ReadCell[];
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
}

interface Walk {
  readonly tree: PythonTree;
  readonly cell: number;
  readonly into: Map<string, Binding[]>;
}

interface Surroundings {
  readonly maybe: readonly Span[];
  readonly scope: Span | null;
  /** `CFG.` inside the body of `class CFG`. */
  readonly prefix: string;
  readonly depth: number;
}

/** Blocks and brackets nested deeper than this are not looked into; Python allows 100 levels of indentation. */
const maxDepth = 110;

/** Parses every cell once and collects what it binds. */
export function collectNames(cells: readonly CellSource[]): PythonNames {
  const into = new Map<string, Binding[]>();
  const read = cells.map((cell, index) => {
    const tree = parsePython(readIpythonCell(cell.source).python);
    visitBlock({ tree, cell: index, into }, tree.root, { maybe: [], scope: null, prefix: '', depth: 0 });
    return { id: cell.id, tree };
  });
  return { cells: read, bindings: into };
}

function visitBlock(walk: Walk, block: SyntaxNode, around: Surroundings): void {
  for (const statement of childrenOf(block)) visitStatement(walk, statement, around);
}

function visitStatement(walk: Walk, node: SyntaxNode, around: Surroundings): void {
  if (around.depth > maxDepth) return;
  switch (node.name) {
    case 'AssignStatement':
    case 'UpdateStatement':
      for (const [name, to] of bindingsOfAssignment(walk.tree, node)) bind(walk, node, around, name, to);
      return;
    case 'ImportStatement':
      for (const [name, path] of importedNames(walk.tree, node)) {
        bind(walk, node, around, name, { kind: 'import', path });
      }
      return;
    case 'StatementGroup':
    case 'DecoratedStatement':
      visitBlock(walk, node, deeper(around));
      return;
    case 'ClassDefinition':
      visitClass(walk, node, around);
      return;
    case 'FunctionDefinition':
      visitFunction(walk, node, around);
      return;
    default:
      visitCompound(walk, node, around);
  }
}

const deeper = (around: Surroundings): Surroundings => ({ ...around, depth: around.depth + 1 });

function bind(walk: Walk, node: SyntaxNode, around: Surroundings, name: string, to: BoundTo): void {
  const full = around.prefix + name;
  const binding = {
    name: full,
    to,
    cell: walk.cell,
    at: node.from,
    maybe: around.maybe,
    scope: around.scope,
  };
  const known = walk.into.get(full);
  if (known === undefined) walk.into.set(full, [binding]);
  else known.push(binding);
}

function visitClass(walk: Walk, node: SyntaxNode, around: Surroundings): void {
  const parts = childrenOf(node);
  const name = parts.find((part) => part.name === 'VariableName');
  if (name === undefined) return;
  const list = parts.find((part) => part.name === 'ArgList');
  const bases =
    list === undefined ? [] : childrenOf(list).flatMap((base) => dottedName(walk.tree, base) ?? []);
  bind(walk, node, around, textOf(walk.tree, name), { kind: 'class', bases });
  const body = parts.find((part) => part.name === 'Body');
  const prefix = `${around.prefix}${textOf(walk.tree, name)}.`;
  if (body !== undefined) visitBlock(walk, body, { ...deeper(around), prefix });
}

function visitFunction(walk: Walk, node: SyntaxNode, around: Surroundings): void {
  const parts = childrenOf(node);
  const name = parts.find((part) => part.name === 'VariableName');
  const body = parts.find((part) => part.name === 'Body');
  if (name === undefined || body === undefined) return;
  bind(walk, node, around, textOf(walk.tree, name), { kind: 'function' });
  const inside: Surroundings = {
    maybe: [],
    scope: { from: node.from, to: node.to },
    prefix: '',
    depth: around.depth + 1,
  };
  const parameters = parts.find((part) => part.name === 'ParamList');
  for (const parameter of parameters === undefined ? [] : childrenOf(parameters)) {
    if (parameter.name !== 'VariableName') continue;
    bind(walk, parameter, inside, textOf(walk.tree, parameter), { kind: 'opaque' });
  }
  visitBlock(walk, body, inside);
}

/** `if`, `for`, `while`, `with`, `try`, `match`: the names they bind themselves, and their bodies. */
function visitCompound(walk: Walk, node: SyntaxNode, around: Surroundings): void {
  let binding = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'Body' || child.name === 'MatchBody' || child.name === 'MatchClause') {
      const certain = node.name === 'WithStatement' || alwaysRuns(walk.tree, node);
      const maybe = certain ? around.maybe : [...around.maybe, { from: child.from, to: child.to }];
      visitBlock(walk, child, { ...deeper(around), maybe });
      binding = false;
    } else if (child.name === 'as' || child.name === 'for') binding = true;
    else if (child.name === 'in') binding = false;
    else if (child.name === 'NamedExpression') bindWalrus(walk, child, around);
    else if (child.name === 'ParenthesizedExpression') visitStatement(walk, child, deeper(around));
    else if (binding) {
      const name = dottedName(walk.tree, child);
      if (name !== null) bind(walk, child, around, name, { kind: 'opaque' });
    }
  }
}

/** `(trainer := Trainer(…))` as a statement or a condition. */
function bindWalrus(walk: Walk, node: SyntaxNode, around: Surroundings): void {
  const [target, , value] = childrenOf(node);
  if (target === undefined || value === undefined) return;
  bind(walk, node, around, textOf(walk.tree, target), { kind: 'expression', node: value });
}

/** `if __name__ == "__main__":`, `if True:`, and the stand-in for `%time`. */
export function alwaysRuns(tree: PythonTree, node: SyntaxNode): boolean {
  const condition = node.name === 'IfStatement' ? childrenOf(node)[1] : undefined;
  if (condition === undefined) return false;
  return /^(?:1|True|__name__\s*==\s*(['"])__main__\1)$/.test(textOf(tree, condition));
}

/** Local name → full path: `T` → `trl.SFTTrainer`, `osp` → `os.path`. */
function importedNames(tree: PythonTree, node: SyntaxNode): readonly (readonly [string, string])[] {
  const text = textOf(tree, node)
    .replace(/#[^\n]*|[()\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const from = /^from ([.\w ]+?) import (.*)$/.exec(text);
  const module = from === null ? '' : `${(from[1] ?? '').replace(/\s/g, '')}.`;
  const list = from === null ? text.replace(/^import /, '') : (from[2] ?? '');
  return list.split(',').flatMap((item) => {
    const found = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(item);
    const path = found?.[1];
    if (path === undefined) return [];
    const alias = found?.[2];
    if (alias !== undefined) return [[alias, module + path] as const];
    const root = path.split('.')[0] ?? path;
    return from === null ? [[root, root] as const] : [[path, module + path] as const];
  });
}
