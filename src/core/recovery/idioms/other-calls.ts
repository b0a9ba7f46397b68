import { fail, ok } from '../../result.ts';
import { directoryName } from '../../source/posix-path.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { mayAssign } from './scope.ts';
import { callAt, isName, linesBefore, parseCell, setArgument } from './python-edits.ts';

/** `Trainer(load_path="…")` of Composer; only where the trainer is built in the cell itself. */
export const composerIdiom: CallIdiom = ({ source, site, point }) => {
  const made = callAt(parseCell(source), site.made?.span ?? null);
  if (made === null) return fail({ kind: 'trains-elsewhere' });
  return ok({ edits: [setArgument(made, 'load_path', pythonLiteral(point.path))], notes: [] });
};

/** `trainer.resume(model)` of Flair, with the arguments that the checkpoint was trained with (flair/trainers/trainer.py). */
export const flairIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const call = callAt(parseCell(source), site.call);
  if (call === null || !isName(site.object)) return fail({ kind: 'unreadable-arguments' });
  const model = `type(${site.object}.model).load(${pythonLiteral(point.path)})`;
  const { from, to } = call.node;
  return ok({
    edits: [{ from, to, text: `${site.object}.resume(model=${model})` }],
    notes: [note('settings-of-checkpoint')],
  });
};

/** `Tuner.restore("…", trainable=f)`; the checkpoint lies in a trial's folder, which lies in the experiment's. */
export const rayIdiom: CallIdiom = ({ source, site, point }) => {
  const { call: span, made } = site;
  if (span === null) return fail({ kind: 'trains-elsewhere' });
  if (
    made === null ||
    !made.className.endsWith('Tuner') ||
    made.firstArgument === null ||
    !isName(site.object)
  )
    return fail({ kind: 'idiom-unknown' });
  const tree = parseCell(source);
  if (/\n/.test(made.firstArgument) || !mayAssign(tree, span.from, site.object))
    return fail({ kind: 'trains-elsewhere' });
  const experiment = pythonLiteral(directoryName(directoryName(point.path)));
  const line = `${site.object} = ${made.className}.restore(${experiment}, trainable=${made.firstArgument})`;
  const before = linesBefore(source, tree, span.from, [line]);
  return before === null ? fail({ kind: 'unreadable-arguments' }) : ok({ edits: [before], notes: [] });
};
