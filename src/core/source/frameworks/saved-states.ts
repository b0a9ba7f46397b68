import type { ExecutedCall } from '../executed-calls.ts';
import { lookUp } from '../name-lookup.ts';
import { followPath, unknownPath, type FollowedPath } from '../path-pieces.ts';
import { keywordValue, readCall } from '../python-call.ts';
import { childrenOf, dottedName, textOf, type SyntaxNode } from '../python-tree.ts';
import type { SavedEntry, SavedState } from '../saved-state.ts';
import {
  argumentOf,
  below,
  calledPath,
  folderAt,
  makerOf,
  methodCall,
  unknown,
  type Scene,
} from './scene.ts';
import { givenFor, type Standing } from '../standing.ts';

/** A call that saves, in the words of the place where its state would be loaded again. */
export interface FoundSave {
  readonly at: number;
  readonly here: ExecutedCall;
  readonly state: Omit<SavedState, 'when'>;
}

/**
 * The calls that save among those that happen. `level` is how many calls of functions lead to the place where the state
 * would be loaded: names of parameters are followed back to there.
 */
export function savedStates(scene: Scene, through: string, level: number): readonly FoundSave[] {
  return scene.calls.flatMap((here, at) => {
    const state = readSave(scene, here, through, level);
    return state === null ? [] : [{ at, here, state }];
  });
}

function readSave(
  scene: Scene,
  here: ExecutedCall,
  through: string,
  level: number,
): FoundSave['state'] | null {
  const { call, place, via } = here;
  const standing = (node: SyntaxNode): Standing => ({ node, place, via });
  const path = calledPath(scene, here);
  if (path === 'torch.save') {
    const object = argumentOf(call, 'obj', 0);
    const file = argumentOf(call, 'f', 1);
    if (object === null) return null;
    const followed = file === null ? unknownPath : followPath(scene.follow, standing(file));
    return { holds: heldBy(scene, standing(object), level, 0), folder: followed.folder, name: followed.name };
  }
  const method = methodCall(here);
  if (method === null || through === '') return null;
  if (inScope(scene, standing(method.object), level) !== through) return null;
  const followed = savedBy(scene, here, method.method);
  if (followed === null) return null;
  const state = method.method === 'save' ? argumentOf(call, 'state', 1) : null;
  const name = state === null ? null : inScope(scene, standing(state), level);
  const holds = name === null ? ({ kind: 'everything' } as const) : ({ kind: 'object', name } as const);
  return { holds, folder: followed.folder, name: followed.name };
}

/** `accelerator.save_state(dir)`, `fabric.save(path, state)`, `engine.save_checkpoint(dir)`. */
function savedBy(scene: Scene, here: ExecutedCall, method: string): FollowedPath | null {
  const { call, place, via } = here;
  const keyword = { save_state: 'output_dir', save: 'path', save_checkpoint: 'save_dir' }[method];
  if (keyword === undefined) return null;
  const given = argumentOf(call, keyword, 0);
  if (given !== null) {
    const path = followPath(scene.follow, { node: given, place, via });
    return method === 'save_checkpoint' ? { ...path, folder: path.whole, name: null } : path;
  }
  return method === 'save_state' ? { ...unknownPath, folder: automaticFolder(scene, here) } : null;
}

/** `Accelerator(project_dir=…)` with automatic names: `<project_dir>/checkpoints/checkpoint_<i>`. */
function automaticFolder(scene: Scene, here: ExecutedCall): SavedState['folder'] {
  const method = methodCall(here);
  const made = method === null ? null : makerOf(scene, here, method.object);
  const own = made === null ? null : keywordValue(made.call, 'project_dir');
  if (made === null || own === null) return unknown;
  return below(folderAt(scene, own, made.place), 'checkpoints');
}

/** What the first argument of `torch.save` is. */
function heldBy(scene: Scene, standing: Standing, level: number, depth: number): SavedState['holds'] {
  const { node, place } = standing;
  const tree = scene.follow.names.cells[place.cell]?.tree;
  const otherwise = { kind: 'object', name: inScope(scene, standing, level) ?? '' } as const;
  if (tree === undefined || depth > 8) return otherwise;
  const of = stateOf(scene, standing, level);
  if (of !== null) return { kind: 'state-dict', of };
  if (node.name === 'DictionaryExpression')
    return { kind: 'dictionary', entries: entriesOf(scene, standing, level) };
  const call = readCall(tree, node);
  if (call !== null && textOf(tree, call.callee) === 'dict') {
    const entries = call.arguments.flatMap(({ keyword, value }) =>
      keyword === '' ? [] : [entryOf(scene, keyword, { ...standing, node: value }, level)],
    );
    return { kind: 'dictionary', entries };
  }
  const next = bound(scene, standing);
  return next === null ? otherwise : heldBy(scene, next, level, depth + 1);
}

/** What a name was bound to just before, or what a parameter was given. */
function bound({ follow }: Scene, { node, place, via }: Standing): Standing | null {
  const tree = follow.names.cells[place.cell]?.tree;
  const name = tree === undefined ? null : dottedName(tree, node);
  if (name === null) return null;
  const [binding] = lookUp(follow.names, name, place).candidates;
  if (binding?.to.kind === 'expression') {
    const wrapped = dottedName(
      follow.names.cells[binding.cell]?.tree ?? { text: '', root: node },
      binding.to.node,
    );
    if (wrapped === null || wrapped !== name)
      return /^(?:DictionaryExpression|CallExpression|VariableName)$/.test(binding.to.node.name)
        ? { node: binding.to.node, place: { cell: binding.cell, at: binding.at }, via }
        : null;
  }
  return binding?.to.kind === 'opaque' ? givenFor(name, via) : null;
}

function entriesOf(scene: Scene, standing: Standing, level: number): readonly SavedEntry[] {
  const tree = scene.follow.names.cells[standing.place.cell]?.tree;
  if (tree === undefined) return [];
  const parts = childrenOf(standing.node);
  return parts.flatMap((part, index) => {
    const value = parts[index + 2];
    const text = textOf(tree, part);
    if (parts[index + 1]?.name !== ':' || value === undefined || part.name !== 'String') return [];
    if (!/^(['"])[^'"\\\n]*\1$/.test(text)) return [];
    return [entryOf(scene, text.slice(1, -1), { ...standing, node: value }, level)];
  });
}

function entryOf(scene: Scene, key: string, standing: Standing, level: number): SavedEntry {
  return { key, value: inScope(scene, standing, level) ?? '', stateOf: stateOf(scene, standing, level) };
}

function stateOf(scene: Scene, standing: Standing, level: number): string | null {
  const tree = scene.follow.names.cells[standing.place.cell]?.tree;
  const call = tree === undefined ? null : readCall(tree, standing.node);
  if (tree === undefined || call === null || call.arguments.length > 0) return null;
  const [object, dot, method] = childrenOf(call.callee);
  if (object === undefined || dot?.name !== '.' || method === undefined) return null;
  return textOf(tree, method) === 'state_dict' ? inScope(scene, { ...standing, node: object }, level) : null;
}

/**
 * An expression as it is written at the place where the state is loaded: names of parameters become what was given for
 * them. `null` where that cannot be told.
 */
export function inScope(scene: Scene, standing: Standing, level: number): string | null {
  const { node, place, via } = standing;
  const tree = scene.follow.names.cells[place.cell]?.tree;
  if (tree === undefined) return null;
  const text = textOf(tree, node);
  if (via.length <= level) return text;
  if (node.name === 'BinaryExpression' && /^\w+\s*\+\s*1$/.test(text)) {
    const [left] = childrenOf(node);
    const inner = left === undefined ? null : inScope(scene, { ...standing, node: left }, level);
    return inner === null ? null : `${inner} + 1`;
  }
  const name = dottedName(tree, node);
  if (name === null) return /^[\d.]+$/.test(text) ? text : null;
  const root = name.split(/[.[]/)[0] ?? name;
  const parameters = via.at(-1)?.into.parameters ?? [];
  if (root === 'self') return null;
  if (parameters.includes(root)) {
    const given = givenFor(root, via);
    const outer = given === null ? null : inScope(scene, given, level);
    return outer === null ? null : outer + name.slice(root.length);
  }
  const [binding] = lookUp(scene.follow.names, root, place).candidates;
  return binding === undefined || binding.scope === null ? name : null;
}
