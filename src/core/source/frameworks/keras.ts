import type { Library } from '../framework-training.ts';
import { classPaths } from '../made-by.ts';
import { followPath } from '../path-pieces.ts';
import type { PythonNames } from '../python-names.ts';
import { textOf, type PythonTree, type SyntaxNode } from '../python-tree.ts';
import { callsOf } from '../script-parsers.ts';
import type { SourceValue } from '../training-source.ts';
import { constructions, imports, savesWeights } from './constructions.ts';
import {
  argumentOf, byDefault, callSite, folderAt, makerOf, methodCall, numberAt, isOpen, training, unknown,
  type CallReader, type Scene,
} from './scene.ts'; // prettier-ignore

const isKeras = (path: string): boolean => /^(?:keras|tf_keras|tensorflow)\b/.test(path);

/**
 * `model.fit(…)` of Keras, told from scikit-learn's by what made the model, or by a `compile` of the same object where
 * the notebook imports Keras.
 */
export const kerasCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method === null || !/^fit(?:_generator)?$/.test(method.method)) return null;
  const { names } = scene.follow;
  const made = makerOf(scene, here, method.object);
  const isModel =
    (made !== null && classPaths(names, made.path, made.place).some(isKeras)) ||
    (imports(names, ['keras', 'tf_keras', 'tensorflow']) && isCompiled(names, here.tree, method.object));
  if (!isModel) return null;
  const { call, place } = here;
  const given = argumentOf(call, 'epochs', method.method === 'fit' ? 3 : 2);
  const epochs = numberAt(scene, given, place, isOpen(call) ? unknown : byDefault(1));
  const backup = backupFolder(scene);
  const site = callSite(scene, here, method.object, {
    library: libraryOf(names),
    backup,
    weightsOnly: savesWeights(scene, 'save_weights_only'),
  });
  return training(scene, 'keras', site, { folders: foldersOf(scene, backup), epochs });
};

function isCompiled(names: PythonNames, tree: PythonTree, object: SyntaxNode): boolean {
  const known =
    compiled.get(names) ??
    new Set(callsOf(names).flatMap(({ name }) => (name.endsWith('.compile') ? [name.slice(0, -8)] : [])));
  compiled.set(names, known);
  return known.has(textOf(tree, object));
}

/** The objects that are compiled anywhere in a notebook. */
const compiled = new WeakMap<PythonNames, ReadonlySet<string>>();

function backupFolder(scene: Scene): SourceValue<string> | null {
  const [found] = constructions(scene.follow.names, ['BackupAndRestore'], scene.cell);
  const folder = found === undefined ? null : argumentOf(found.call, 'backup_dir', 0);
  if (found === undefined) return null;
  return folder === null ? unknown : folderAt(scene, folder, found.place);
}

/** The folder part of each `ModelCheckpoint`'s file pattern, then what `BackupAndRestore` was given. */
function foldersOf(scene: Scene, backup: SourceValue<string> | null): readonly SourceValue<string>[] {
  const saved = constructions(scene.follow.names, ['ModelCheckpoint'], scene.cell).flatMap(
    ({ call, place }) => {
      const file = argumentOf(call, 'filepath', 0);
      return file === null ? [] : [followPath(scene.follow, { node: file, place, via: [] }).folder];
    },
  );
  return backup === null ? saved : [...saved, backup];
}

const reached = [
  ['keras', ''],
  ['tensorflow.keras', ''],
  ['tf_keras', ''],
  ['tensorflow', '.keras'],
] as const;

/** How the notebook names Keras: as it imports it, else by an import of the package that it uses. */
function libraryOf(names: PythonNames): Library {
  for (const [path, suffix] of reached) {
    for (const [name, bindings] of names.bindings) {
      const known = bindings.some(
        ({ to, scope }) => scope === null && to.kind === 'import' && to.path === path,
      );
      if (known) return { name: `${name}${suffix}`, importLine: null };
    }
  }
  const old = !imports(names, ['keras']) && imports(names, ['tensorflow']);
  return { name: 'keras', importLine: old ? 'from tensorflow import keras' : 'import keras' };
}
