import { followValue } from '../follow-value.ts';
import type { EpochLoop } from '../framework-training.ts';
import type { LoopAround } from '../executed-calls.ts';
import { positionalValues, readCall, type PythonCall } from '../python-call.ts';
import { childrenOf, lastPart, textOf, type PythonTree, type SyntaxNode } from '../python-tree.ts';
import type { SourceValue } from '../training-source.ts';
import { unknown, type Scene } from './scene.ts';

/** A loop as the place where the count of epochs begins. */
export function readEpochLoop({ follow }: Scene, { cell, node }: LoopAround): EpochLoop {
  const tree = follow.names.cells[cell]?.tree;
  const span = { from: node.from, to: node.to };
  const nothing = { ...span, variable: null, start: null };
  if (tree === undefined || node.name !== 'ForStatement') return nothing;
  const [, target, mark] = childrenOf(node);
  if (target?.name !== 'VariableName' || mark?.name !== 'in') return nothing;
  const range = rangeOf(tree, node);
  return { ...span, variable: textOf(tree, target), start: range === null ? null : startOf(tree, range) };
}

/** Epochs that a loop runs, where its range is known. */
export function epochsOf({ follow }: Scene, { cell, node }: LoopAround): SourceValue<number> {
  const tree = follow.names.cells[cell]?.tree;
  const range = tree === undefined ? null : rangeOf(tree, node);
  if (range === null) return unknown;
  const place = { cell, at: node.from };
  const values = positionalValues(range).map((value) => followValue(follow, value, place));
  const [first, second] = values.map((value) => (value?.type === 'int' ? value.value : null));
  const cellId = follow.names.cells[cell]?.id ?? '';
  if (first === null || first === undefined || values.length > 2) return unknown;
  if (second === undefined) return { kind: 'known', value: first, cellId };
  return second === null ? unknown : { kind: 'known', value: second - first, cellId };
}

/** `range(10)`, `trange(10)`, `tqdm(range(10))`: the call that counts. */
function rangeOf(tree: PythonTree, loop: SyntaxNode): PythonCall | null {
  if (loop.name !== 'ForStatement') return null;
  const parts = childrenOf(loop);
  const iterable = parts[parts.findIndex(({ name }) => name === 'in') + 1];
  const call = iterable === undefined ? null : readCall(tree, iterable);
  if (call === null) return null;
  const name = lastPart(textOf(tree, call.callee));
  if (name === 'range' || name === 'trange') return call;
  const [inner] = positionalValues(call);
  if (inner === undefined || !/^(?:tqdm|notebook_tqdm|track|progress_bar|master_bar)$/.test(name))
    return null;
  const range = readCall(tree, inner);
  return range !== null && textOf(tree, range.callee) === 'range' ? range : null;
}

function startOf(tree: PythonTree, range: PythonCall): EpochLoop['start'] {
  const given = positionalValues(range);
  const [first] = given;
  const plain = range.arguments.slice(0, given.length).every(({ kind }) => kind === 'positional');
  if (first === undefined || given.length > 2 || !plain) return null;
  if (given.length === 1) return { from: first.from, to: first.from, text: '' };
  return { from: first.from, to: first.to, text: textOf(tree, first) };
}
