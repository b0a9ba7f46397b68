import type { Framework } from '../../framework.ts';
import type { ExecutedCall } from '../executed-calls.ts';
import { followValue, type Following } from '../follow-value.ts';
import type { CallSite, FrameworkTraining, MadeObject } from '../framework-training.ts';
import { importedPath } from '../name-lookup.ts';
import { madeBy, type Made } from '../made-by.ts';
import { followFolder } from '../path-pieces.ts';
import { keywordValue, positionalValues, type PythonCall } from '../python-call.ts';
import type { Place } from '../python-names.ts';
import { childrenOf, dottedName, textOf, type PythonTree, type SyntaxNode } from '../python-tree.ts';
import type { SourceValue } from '../training-source.ts';

/** A cell and what happens when it runs. */
export interface Scene {
  readonly follow: Following;
  readonly cell: number;
  readonly cellId: string;
  readonly calls: readonly ExecutedCall[];
}

/** Tells whether a call trains, and how; `null`: it does not, as far as this framework goes. */
export type CallReader = (scene: Scene, here: ExecutedCall) => FrameworkTraining | null;

export const unknown = { kind: 'unknown' } as const;
export const byDefault = <T>(value: T): SourceValue<T> => ({ kind: 'default', value });

export interface MethodCall {
  readonly object: SyntaxNode;
  readonly method: string;
}

/** `object.method(…)`, or `null`. */
export function methodCall({ tree, call }: ExecutedCall): MethodCall | null {
  const [object, dot, method] = childrenOf(call.callee);
  if (call.callee.name !== 'MemberExpression' || dot?.name !== '.') return null;
  return object === undefined || method === undefined ? null : { object, method: textOf(tree, method) };
}

/** What a call's name stands for through the imports: `xgboost.train`. */
export function calledPath({ follow }: Scene, { tree, call, place }: ExecutedCall): string | null {
  const name = dottedName(tree, call.callee);
  return name === null ? null : importedPath(follow.names, name, place);
}

export const rootOf = (path: string): string => path.split('.')[0] ?? path;

/** What made the object that a method is called on. */
export const makerOf = ({ follow }: Scene, here: ExecutedCall, object: SyntaxNode): Made | null =>
  madeBy(follow.names, object, here.place);

/** An argument by its keyword, or by its place among those given by position. */
export const argumentOf = (call: PythonCall, keyword: string, position: number | null): SyntaxNode | null =>
  keywordValue(call, keyword) ?? (position === null ? null : (positionalValues(call)[position] ?? null));

/** `*args` or `**kwargs`: what is not written may still be given. */
export const isOpen = (call: PythonCall): boolean =>
  call.arguments.some(({ kind }) => kind === 'star' || kind === 'double-star');

export function numberAt(
  { follow }: Scene,
  node: SyntaxNode | null,
  place: Place,
  otherwise: SourceValue<number>,
): SourceValue<number> {
  if (node === null) return otherwise;
  const value = followValue(follow, node, place);
  const cellId = follow.names.cells[place.cell]?.id ?? '';
  return value?.type === 'int' || value?.type === 'float'
    ? { kind: 'known', value: value.value, cellId }
    : unknown;
}

export const folderAt = ({ follow }: Scene, node: SyntaxNode, place: Place): SourceValue<string> =>
  followFolder(follow, { node, place, via: [] });

/** A folder below one that may be known. */
export const below = (folder: SourceValue<string>, name: string): SourceValue<string> =>
  folder.kind === 'unknown' ? folder : { ...folder, value: `${folder.value.replace(/\/+$/, '')}/${name}` };

interface SiteExtras {
  readonly library?: CallSite['library'];
  readonly backup?: CallSite['backup'];
  readonly weightsOnly?: boolean;
}

/** A call as a place where a resume can be written. */
export function callSite(
  scene: Scene,
  here: ExecutedCall,
  object: SyntaxNode | null,
  { library = null, backup = null, weightsOnly = false }: SiteExtras = {},
): CallSite {
  const { from, to } = here.call.node;
  const made = object === null ? null : makerOf(scene, here, object);
  return {
    kind: 'call',
    call: here.place.cell === scene.cell ? { from, to } : null,
    object: object === null ? '' : textOf(here.tree, object),
    made: made === null ? null : madeObject(scene, made),
    library,
    backup,
    weightsOnly,
  };
}

function madeObject({ follow, cell }: Scene, { call, callee, place }: Made): MadeObject {
  const tree = follow.names.cells[place.cell]?.tree;
  const [first] = positionalValues(call);
  return {
    className: callee,
    span: place.cell === cell ? { from: call.node.from, to: call.node.to } : null,
    firstArgument: tree === undefined || first === undefined ? null : textOf(tree, first),
  };
}

/** A training with nothing known but its framework and where it stands. */
export const training = (
  scene: Scene,
  framework: Framework,
  site: FrameworkTraining['site'],
  known: Partial<Pick<FrameworkTraining, 'folders' | 'epochs' | 'steps'>> = {},
): FrameworkTraining => ({
  framework,
  cellId: scene.cellId,
  folders: known.folders ?? [],
  epochs: known.epochs ?? unknown,
  steps: known.steps ?? unknown,
  site,
});

/** Whether a call is given `keyword=True`. */
export const isGiven = (call: PythonCall, keyword: string, tree: PythonTree): boolean => {
  const value = keywordValue(call, keyword);
  return value !== null && textOf(tree, value) === 'True';
};
