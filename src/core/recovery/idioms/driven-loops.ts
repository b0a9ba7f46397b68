import { fail, ok } from '../../result.ts';
import { baseName, directoryName } from '../../source/posix-path.ts';
import { pythonLiteral } from '../python-literal.ts';
import { beginAt, nextFromName, saveOf } from './epoch-start.ts';
import { note, type IdiomInput, type IdiomResult, type LoopIdiom, type Note } from './idiom.ts';
import type { LoopSite } from '../../source/framework-training.ts';
import { isName, linesBefore, parseCell } from './python-edits.ts';

/** A library drives the loop and loads all of its state with one call, just before the loop. */
function loadBefore({ source, site, point }: IdiomInput<LoopSite>, line: string, inside: Note): IdiomResult {
  const save = saveOf(site.saves, point);
  const next = save === null ? null : nextFromName(save, site.loop, point);
  const edit = next === null ? null : beginAt(site.loop, String(next));
  const before = linesBefore(source, parseCell(source), site.before, [line]);
  if (before === null) return fail({ kind: 'unreadable-arguments' });
  if (edit !== null) return ok({ edits: [before, edit], notes: [] });
  const notes = [note('set-epoch', site.loop?.variable ?? 'epoch')];
  return ok({ edits: [before], notes: save?.when === 'within-epoch' ? [...notes, inside] : notes });
}

/** `accelerator.load_state("…")` after `prepare` (accelerate/accelerator.py, 1.x). */
export const accelerateIdiom: LoopIdiom = (input) => {
  const { through } = input.site;
  if (!isName(through)) return fail({ kind: 'trains-elsewhere' });
  return loadBefore(input, `${through}.load_state(${pythonLiteral(input.point.path)})`, note('skip-batches'));
};

/** `engine.load_checkpoint("dir", tag="global_step100")`. */
export const deepspeedIdiom: LoopIdiom = (input) => {
  const { through } = input.site;
  if (!isName(through)) return fail({ kind: 'trains-elsewhere' });
  const { path } = input.point;
  const folder = pythonLiteral(directoryName(path) || '.');
  const line = `${through}.load_checkpoint(${folder}, tag=${pythonLiteral(baseName(path))})`;
  return loadBefore(input, line, note('epoch-again'));
};

/** `fabric.load("…", state)` fills the state that `fabric.save` was given. */
export const fabricIdiom: LoopIdiom = (input) => {
  const { through } = input.site;
  const save = saveOf(input.site.saves, input.point);
  if (!isName(through)) return fail({ kind: 'trains-elsewhere' });
  if (save?.holds.kind !== 'object' || !isName(save.holds.name)) return fail({ kind: 'no-save-call' });
  const line = `${through}.load(${pythonLiteral(input.point.path)}, ${save.holds.name})`;
  return loadBefore(input, line, note('epoch-again'));
};

/** `ckpt.restore("…/ckpt-3")` of the `tf.train.Checkpoint` that the code makes. */
export const tensorflowIdiom: LoopIdiom = (input) => {
  const { through } = input.site;
  if (!isName(through)) return fail({ kind: 'no-save-call' });
  return loadBefore(input, `${through}.restore(${pythonLiteral(input.point.path)})`, note('epoch-again'));
};
