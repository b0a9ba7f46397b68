import { fail, ok } from '../../result.ts';
import type { CallSite } from '../../source/framework-training.ts';
import { baseName } from '../../source/posix-path.ts';
import { pythonLiteral } from '../python-literal.ts';
import type { ResumePoint } from '../resume-point.ts';
import { note, type CallIdiom, type Note } from './idiom.ts';
import { mayAssign } from './scope.ts';
import { callAt, isName, linesBefore, objectOf, parseCell, setArgument } from './python-edits.ts';

/**
 * `model = keras.models.load_model("…")` or `model.load_weights("…")` above `model.fit(…, initial_epoch=n)`. What
 * `BackupAndRestore` keeps is taken up by Keras itself when the cell runs again.
 */
export const kerasIdiom: CallIdiom = ({ source, site, point }) => {
  if (isBackup(site, point)) return ok({ edits: [], notes: [note('runs-again')] });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  const object = call === null ? null : objectOf(call);
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  if (call === null || object === null) return fail({ kind: 'unreadable-arguments' });
  const model = isName(site.object) ? site.object : 'resumed_model';
  const path = pythonLiteral(point.path);
  const weights = holdsWeights(site.weightsOnly, point);
  if (!weights && !mayAssign(tree, call.node.from, model)) return fail({ kind: 'trains-elsewhere' });
  const library = site.library ?? { name: 'keras', importLine: 'import keras' };
  const lines = [
    ...(weights || library.importLine === null ? [] : [library.importLine]),
    ...(weights && model !== site.object ? [`${model} = ${site.object}`] : []),
    ...(weights && hasOptimizer(point) ? [buildOptimizer(model)] : []),
    weights ? `${model}.load_weights(${path})` : `${model} = ${library.name}.models.load_model(${path})`,
  ];
  const before = linesBefore(source, tree, call.node.from, lines);
  if (before === null || (model !== site.object && site.object.includes('\n')))
    return fail({ kind: 'unreadable-arguments' });
  const renamed = model === site.object ? [] : [{ from: object.from, to: object.to, text: model }];
  const epoch = point.epoch === null ? [] : [setArgument(call, 'initial_epoch', String(point.epoch))];
  const notes: readonly Note[] = [
    ...(weights ? [note(hasOptimizer(point) ? 'optimizer-by-version' : 'weights-only')] : []),
    ...(point.epoch === null ? [note('set-epoch', 'initial_epoch')] : []),
  ];
  return ok({ edits: [before, ...renamed, ...epoch], notes });
};

/** Keras 3 writes `latest.weights.h5` there, Keras 2 `chief/ckpt-1.index` (keras/src/callbacks/backup_and_restore.py). */
function isBackup({ backup }: CallSite, { path }: ResumePoint): boolean {
  if (backup === null) return false;
  if (baseName(path) === 'latest.weights.h5' || /\/chief\/ckpt-\d+$/.test(path)) return true;
  const folder = backup.kind === 'unknown' ? null : backup.value.replace(/\/+$/, '');
  return folder !== null && (path === folder || path.startsWith(`${folder}/`));
}

/** Keras 3 keeps the optimizer in there, too, and loads it only into one that has its variables already (3.15). */
const hasOptimizer = ({ path }: ResumePoint): boolean => path.endsWith('.weights.h5');

const buildOptimizer = (model: string): string =>
  `if hasattr(${model}.optimizer, "build"): ${model}.optimizer.build(${model}.trainable_variables)`;

/**
 * A `.keras` file and a SavedModel are whole models; of an `.h5` the callback tells.
 *
 * @param weightsOnly Whether a callback is told to save the weights alone.
 */
export function holdsWeights(
  weightsOnly: boolean,
  { path, form, holds }: Pick<ResumePoint, 'path' | 'form' | 'holds'>,
): boolean {
  if (path.endsWith('.weights.h5') || form === 'prefix') return true;
  if (path.endsWith('.keras')) return false;
  return holds === 'weights-only' || (holds === 'unknown' && weightsOnly) || path.endsWith('.ckpt');
}
