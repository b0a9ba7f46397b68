import { lookUp, importedPath } from './name-lookup.ts';
import { keywordValue, positionalValues, readCall, type PythonCall } from './python-call.ts';
import type { Place, PythonNames } from './python-names.ts';
import {
  childrenOf,
  dottedName,
  lastPart,
  textOf,
  walk,
  type PythonTree,
  type SyntaxNode,
} from './python-tree.ts';
import { constructionOf } from './trainer-class.ts';
import type { TrainCall } from './training-source.ts';

/** Functions that take the trainer first and hand the rest on to its `train()` (unsloth/trainer.py). */
const trainFunctions = new Set(['unsloth_train']);

/** A call that trains, with what is needed to follow its trainer. */
export interface FoundTrainCall {
  readonly call: TrainCall;
  readonly trainer: SyntaxNode;
  readonly place: Place;
}

/**
 * The calls in a cell that train when the cell runs, in source order: at top level, in `if`, `for`, `with`, `try`, and
 * in functions of the cell that the cell calls. Functions that are only defined do not count.
 */
export function findTrainCalls(names: PythonNames, cell: number): readonly FoundTrainCall[] {
  const read = names.cells[cell];
  if (read === undefined || !/train/.test(read.tree.text)) return [];
  return executedCalls(read.tree, cell).flatMap(({ node, place }) => {
    const call = readCall(read.tree, node);
    return (call === null ? null : trainCallAt(names, call, place)) ?? [];
  });
}

/** What a call trains, or `null` when it trains nothing. `cellId` is the cell in which it is written. */
export function trainCallAt(names: PythonNames, call: PythonCall, place: Place): FoundTrainCall | null {
  const read = names.cells[place.cell];
  const trainer = read === undefined ? null : trainerOf(names, read.tree, call, place);
  if (read === undefined || trainer === null) return null;
  const certainty = certaintyOf(names, read.tree, trainer, place);
  if (certainty === null) return null;
  const { from, to } = call.node;
  return {
    call: { cellId: read.id, trainer: textOf(read.tree, trainer), certainty, from, to },
    trainer,
    place,
  };
}

/** The object that a call trains, or `null` when the call is not of a shape that trains. */
function trainerOf(names: PythonNames, tree: PythonTree, call: PythonCall, place: Place): SyntaxNode | null {
  const name = dottedName(tree, call.callee);
  if (name !== null && trainFunctions.has(lastPart(importedPath(names, name, place)))) {
    return positionalValues(call)[0] ?? keywordValue(call, 'trainer');
  }
  const [object, dot, method] = childrenOf(call.callee);
  if (call.callee.name !== 'MemberExpression' || dot?.name !== '.') return null;
  if (object === undefined || method === undefined || textOf(tree, method) !== 'train') return null;
  return keywordValue(call, 'mode') === null ? object : null;
}

/** `null`: not a trainer. A model's `train()` only switches its mode. */
function certaintyOf(
  names: PythonNames,
  tree: PythonTree,
  trainer: SyntaxNode,
  place: Place,
): TrainCall['certainty'] | null {
  const made = constructionOf(names, trainer, place);
  if (made?.role === 'trainer') return 'known';
  if (made?.role === 'foreign-trainer') return null;
  const name = dottedName(tree, trainer);
  if (name !== null && isModule(names, name, place)) return null;
  const written = textOf(tree, trainer).replace(/[([][^]*$/, '');
  return /trainer/i.test(lastPart(name ?? written)) ? 'likely' : null;
}

/** `import trainer; trainer.train(…)` is a function of a module, not a Trainer. */
const isModule = (names: PythonNames, name: string, place: Place): boolean =>
  lookUp(names, name, place).candidates[0]?.to.kind === 'import';

interface Executed {
  readonly node: SyntaxNode;
  readonly place: Place;
}

const onlyDefined = (name: string): boolean =>
  name === 'FunctionDefinition' || name === 'ClassDefinition' || name === 'LambdaExpression';

function executedCalls(tree: PythonTree, cell: number): readonly Executed[] {
  const functions = functionsOf(tree);
  const found: Executed[] = [];
  const entered = new Set<SyntaxNode>();
  const visit = (root: SyntaxNode, calledAt: number | null): void => {
    walk(
      root,
      (node) => {
        if (node.name !== 'CallExpression') return;
        found.push({ node, place: { cell, at: node.from, ...(calledAt === null ? {} : { calledAt }) } });
        const name = node.firstChild === null ? '' : textOf(tree, node.firstChild);
        const body = functions.get(name);
        if (body === undefined || entered.has(body) || entered.size > 200) return;
        entered.add(body);
        visit(body, calledAt ?? node.from);
      },
      onlyDefined,
    );
  };
  visit(tree.root, null);
  return found.sort((one, other) => one.node.from - other.node.from);
}

/** Bodies of the functions that the cell defines at top level. */
function functionsOf(tree: PythonTree): ReadonlyMap<string, SyntaxNode> {
  const functions = new Map<string, SyntaxNode>();
  for (const statement of childrenOf(tree.root)) {
    const definition = statement.name === 'DecoratedStatement' ? statement.lastChild : statement;
    if (definition?.name !== 'FunctionDefinition') continue;
    const name = childrenOf(definition).find((part) => part.name === 'VariableName');
    if (name !== undefined && definition.lastChild !== null)
      functions.set(textOf(tree, name), definition.lastChild);
  }
  return functions;
}
