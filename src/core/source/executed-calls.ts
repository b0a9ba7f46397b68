import { functionAt, type FunctionDefinition } from './function-definition.ts';
import { launchedCall } from './launched-call.ts';
import { lookUp } from './name-lookup.ts';
import { madeBy } from './made-by.ts';
import { readCall, type PythonCall } from './python-call.ts';
import type { Place, PythonNames } from './python-names.ts';
import { childrenOf, dottedName, textOf, walk, type PythonTree, type SyntaxNode } from './python-tree.ts';

/** A loop around a call, in whatever cell it is written. */
export interface LoopAround {
  readonly cell: number;
  readonly node: SyntaxNode;
  /** How many calls of functions lead to it. */
  readonly depth: number;
}

/** A call that happens when the cell runs. */
export interface ExecutedCall {
  readonly tree: PythonTree;
  readonly call: PythonCall;
  readonly place: Place;
  /** Outermost first, those around the calls that lead here included. */
  readonly loops: readonly LoopAround[];
  /** The calls of the notebook's functions that lead here, the one in the cell itself first. */
  readonly via: readonly {
    readonly call: PythonCall;
    readonly place: Place;
    readonly into: FunctionDefinition;
  }[];
}

const onlyDefined = (name: string): boolean =>
  name === 'FunctionDefinition' || name === 'ClassDefinition' || name === 'LambdaExpression';

/** Most functions that are gone into, and most calls that are kept: the source may be hostile. */
const maxFunctions = 200;
const maxCalls = 20_000;
const maxDepth = 12;

/**
 * The calls that happen when a cell runs, in the order of the source: its own, and those in functions of the notebook
 * that it calls or has launched, methods of its classes included, in whatever cell they are written. A function is gone into once.
 */
export function executedCalls(names: PythonNames, cell: number): readonly ExecutedCall[] {
  const root = names.cells[cell]?.tree.root;
  if (root === undefined) return [];
  const walking: Walking = { names, found: [], entered: new Set() };
  visit(walking, cell, root, { loops: [], via: [], calledAt: null });
  return walking.found;
}

interface Walking {
  readonly names: PythonNames;
  readonly found: ExecutedCall[];
  readonly entered: Set<SyntaxNode['from'] | string>;
}

interface Surroundings {
  readonly loops: readonly LoopAround[];
  readonly via: ExecutedCall['via'];
  readonly calledAt: number | null;
}

function visit(walking: Walking, cell: number, root: SyntaxNode, around: Surroundings): void {
  const tree = walking.names.cells[cell]?.tree;
  if (tree === undefined) return;
  const loops: LoopAround[] = [];
  walk(
    root,
    (node) => {
      while (loops.length > 0 && node.from >= (loops.at(-1)?.node.to ?? 0)) loops.pop();
      if (node.name === 'ForStatement' || node.name === 'WhileStatement')
        loops.push({ cell, node, depth: around.via.length });
      if (node.name !== 'CallExpression' || walking.found.length >= maxCalls) return;
      const call = readCall(tree, node);
      if (call === null) return;
      const calledAt = around.calledAt === null ? {} : { calledAt: around.calledAt };
      const place: Place = { cell, at: node.from, ...calledAt };
      const here: ExecutedCall = { tree, call, place, loops: [...around.loops, ...loops], via: around.via };
      walking.found.push(here);
      enter(walking, here);
    },
    onlyDefined,
  );
}

function enter(walking: Walking, here: ExecutedCall): void {
  const { names, entered } = walking;
  if (here.via.length >= maxDepth || entered.size >= maxFunctions) return;
  const launched = launchedCall(names, here.tree, here.call, here.place);
  const call = launched?.call ?? here.call;
  const definition =
    launched === null
      ? definitionOf(names, here.tree, here.call, here.place)
      : functionNamed(names, launched.callee, here.place);
  if (definition === null) return;
  const key = `${definition.cell}:${definition.node.from}`;
  if (entered.has(key)) return;
  entered.add(key);
  visit(walking, definition.cell, definition.body, {
    loops: here.loops,
    via: [...here.via, { call, place: here.place, into: definition }],
    // What another cell has, it has had in full by the time one of its functions is called from here.
    calledAt:
      definition.cell === here.place.cell
        ? (here.place.calledAt ?? here.place.at)
        : (names.cells[definition.cell]?.tree.text.length ?? 0),
  });
}

/** The function of the notebook that a name stands for. */
function functionNamed(names: PythonNames, name: string, place: Place): FunctionDefinition | null {
  const [binding] = lookUp(names, name, place).candidates;
  return binding?.to.kind === 'function' ? functionAt(names, binding) : null;
}

/** The function or method of the notebook that a call enters. */
function definitionOf(
  names: PythonNames,
  tree: PythonTree,
  call: PythonCall,
  place: Place,
): FunctionDefinition | null {
  const name = dottedName(tree, call.callee);
  const named = name === null ? null : functionNamed(names, name, place);
  if (named !== null) return named;
  const [object, dot, method] = childrenOf(call.callee);
  if (call.callee.name !== 'MemberExpression' || dot?.name !== '.') return null;
  if (object === undefined || method === undefined) return null;
  const className =
    textOf(tree, object) === 'self' ? classAround(tree, call.node) : madeBy(names, object, place)?.path;
  if (className === undefined || className === null) return null;
  const [own] = lookUp(names, `${className}.${textOf(tree, method)}`, place).candidates;
  return own?.to.kind === 'function' ? functionAt(names, own) : null;
}

function classAround(tree: PythonTree, node: SyntaxNode): string | null {
  for (let here = node.parent; here !== null; here = here.parent) {
    const name = here.name === 'ClassDefinition' ? here.getChild('VariableName') : null;
    if (name !== null) return textOf(tree, name);
  }
  return null;
}
