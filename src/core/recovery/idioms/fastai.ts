import { fail, ok } from '../../result.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom, type Note } from './idiom.ts';
import { callAt, isName, linesBefore, objectOf, parseCell, setArgument } from './python-edits.ts';

/**
 * `learn.load("…")` above the fit, and `start_epoch=`. `load` takes a path without its `.pth`, from `learn.path/models`
 * on; a full path stays as it is (fastai/learner.py).
 */
export const fastaiIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  const object = call === null ? null : objectOf(call);
  if (call === null || object === null || !isName(site.object)) return fail({ kind: 'unreadable-arguments' });
  const file = pythonLiteral(point.path.replace(/\.pth$/, ''));
  const before = linesBefore(source, tree, call.node.from, [
    'import os.path as os_path',
    `${site.object}.load(os_path.abspath(${file}))`,
  ]);
  if (before === null) return fail({ kind: 'unreadable-arguments' });
  // The number in a name that every epoch got is the epoch itself, counted from 0.
  const next = point.epoch === null ? null : String(point.epoch + 1);
  const counts = !source.slice(object.to, call.open).includes('fine_tune');
  const epoch = next === null || !counts ? [] : [setArgument(call, 'start_epoch', next)];
  const notes: readonly Note[] = [
    ...(point.holds === 'everything' ? [] : [note('weights-only')]),
    ...(epoch.length > 0 ? [] : [note('set-epoch', 'start_epoch')]),
  ];
  return ok({ edits: [before, ...epoch], notes });
};
