import { fail, ok } from '../../result.ts';
import { baseName } from '../../source/posix-path.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { mayAssign } from './scope.ts';
import { callAt, callsTo, isName, linesBefore, parseCell, setArgument } from './python-edits.ts';

/** `cfg.resume = True` and `cfg.load_from = "…"` before the runner is built (mmengine/runner/runner.py). */
export const mmengineIdiom: CallIdiom = ({ source, site, point }) => {
  const { call: span, made } = site;
  if (span === null || made === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const path = pythonLiteral(point.path);
  const config = made.firstArgument;
  const fromConfig = /(?:from_cfg|build)$/.test(made.className);
  const built = callAt(tree, made.span);
  if (!fromConfig) {
    if (built === null) return fail({ kind: 'trains-elsewhere' });
    const edits = [setArgument(built, 'load_from', path), setArgument(built, 'resume', 'True')];
    return ok({ edits: merged(edits), notes: [] });
  }
  if (config === null || !isName(config)) return fail({ kind: 'unreadable-arguments' });
  const set = [`${config}.load_from = ${path}`, `${config}.resume = True`];
  if (built === null && (!isName(site.object) || !mayAssign(tree, span.from, site.object)))
    return fail({ kind: 'trains-elsewhere' });
  const lines = built === null ? [...set, `${site.object} = ${made.className}(${config})`] : set;
  const before = linesBefore(source, tree, (built?.node ?? span).from, lines);
  return before === null ? fail({ kind: 'unreadable-arguments' }) : ok({ edits: [before], notes: [] });
};

/** Two arguments that are added at one place become one edit, in their order. */
function merged(edits: readonly { readonly from: number; readonly to: number; readonly text: string }[]) {
  const [one, other] = edits;
  if (one === undefined || other === undefined || one.from !== other.from || one.to !== one.from)
    return edits;
  return [{ ...one, text: one.text + (one.text.startsWith(', ') ? other.text : `, ${other.text}`) }];
}

/** `trainer.resume_or_load(resume=True)` takes what `last_checkpoint` names (detectron2/engine/defaults.py). */
export const detectronIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const notes = [note('takes-newest', baseName(point.path))];
  const call = callAt(tree, site.call);
  if (call === null) return fail({ kind: 'unreadable-arguments' });
  const [own] = callsTo(tree, `${site.object}.resume_or_load`);
  if (own !== undefined) return ok({ edits: [setArgument(own, 'resume', 'True', 0)], notes });
  if (!isName(site.object)) return fail({ kind: 'unreadable-arguments' });
  const before = linesBefore(source, tree, call.node.from, [`${site.object}.resume_or_load(resume=True)`]);
  return before === null ? fail({ kind: 'unreadable-arguments' }) : ok({ edits: [before], notes });
};
