import { fail, ok } from '../../result.ts';
import { keywordValue, positionalValues } from '../../source/python-call.ts';
import { textOf } from '../../source/python-tree.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { callAt, linesBefore, parseCell, setArgument } from './python-edits.ts';

/**
 * `xgb.train(…, xgb_model="…")` and `lgb.train(…, init_model="…")`. Both train as many rounds as they are given on top of
 * those in the model, so these are taken off. CatBoost goes on by itself from its snapshot.
 */
export const boostingIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.backup !== null) return ok({ edits: [], notes: [note('runs-again')] });
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  if (call === null || site.library === null) return fail({ kind: 'unreadable-arguments' });
  const { name, importLine } = site.library;
  const path = pythonLiteral(point.path);
  const light = /lightgbm|lgb/i.test(name);
  const done = light
    ? `${name}.Booster(model_file=${path}).current_iteration()`
    : `${name}.Booster(model_file=${path}).num_boosted_rounds()`;
  const given = keywordValue(call, 'num_boost_round') ?? positionalValues(call)[2];
  const total = given === undefined || given === null ? (light ? '100' : '10') : textOf(tree, given);
  const own = total.replace(/ - [\w.]+\.Booster\(.*\)\.\w+\(\)$/s, '');
  const rounds = `${/^(?:\w+|\([^()]*\))$/.test(own) ? own : `(${own})`} - ${done}`;
  const model = setArgument(call, light ? 'init_model' : 'xgb_model', path);
  const count = setArgument(call, 'num_boost_round', rounds, 2);
  const added = count.from === model.from && count.to === count.from;
  const edits = added ? [{ ...model, text: model.text + count.text }] : [model, count];
  if (importLine === null) return ok({ edits, notes: [] });
  const before = linesBefore(source, tree, call.node.from, [importLine]);
  return before === null
    ? fail({ kind: 'unreadable-arguments' })
    : ok({ edits: [before, ...edits], notes: [] });
};
