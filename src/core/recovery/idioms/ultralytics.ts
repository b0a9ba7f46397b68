import { fail, ok } from '../../result.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { mayAssign } from './scope.ts';
import { callAt, isName, linesBefore, parseCell, setArgument } from './python-edits.ts';

/** `YOLO("…/last.pt").train(resume=True)`: the checkpoint's own settings count (ultralytics/engine/trainer.py). */
export const ultralyticsIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  if (call === null || site.made === null) return fail({ kind: 'unreadable-arguments' });
  const path = pythonLiteral(point.path);
  const resume = setArgument(call, 'resume', 'True');
  const notes = [note('settings-of-checkpoint')];
  const made = callAt(tree, site.made.span);
  if (made !== null) return ok({ edits: [setArgument(made, 'model', path, 0), resume], notes });
  if (!isName(site.object) || !mayAssign(tree, call.node.from, site.object))
    return fail({ kind: 'trains-elsewhere' });
  const line = `${site.object} = ${site.made.className}(${path})`;
  const before = linesBefore(source, tree, call.node.from, [line]);
  return before === null ? fail({ kind: 'unreadable-arguments' }) : ok({ edits: [before, resume], notes });
};
