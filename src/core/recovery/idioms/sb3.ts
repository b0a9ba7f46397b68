import { fail, ok } from '../../result.ts';
import { keywordValue, positionalValues } from '../../source/python-call.ts';
import { lastPart, textOf } from '../../source/python-tree.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { mayAssign } from './scope.ts';
import { callAt, isName, linesBefore, objectOf, parseCell, setArgument } from './python-edits.ts';

const offPolicy = new Set(['DQN', 'SAC', 'TD3', 'DDPG', 'TQC', 'QRDQN', 'CrossQ']);

/**
 * `model = PPO.load("…", env=model.get_env())` above `model.learn(…, reset_num_timesteps=False)`. `learn` trains as many
 * steps as it is given on top of those done, so these are taken off (stable_baselines3/common/base_class.py, 2.8).
 */
export const sb3Idiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  const object = call === null ? null : objectOf(call);
  if (call === null || object === null || site.made === null) return fail({ kind: 'unreadable-arguments' });
  const algorithm = site.made.className.replace(/\.load$/, '');
  const named = isName(site.object);
  const model = named ? site.object : 'resumed_model';
  if (named && !mayAssign(tree, call.node.from, model)) return fail({ kind: 'trains-elsewhere' });
  const line = `${model} = ${algorithm}.load(${pythonLiteral(point.path)}, env=(${site.object}).get_env())`;
  const before = linesBefore(source, tree, call.node.from, [
    named ? line.replace(`(${site.object})`, () => site.object) : line,
  ]);
  if (before === null || (!named && site.object.includes('\n')))
    return fail({ kind: 'unreadable-arguments' });
  const renamed = named ? [] : [{ from: object.from, to: object.to, text: model }];
  const given = keywordValue(call, 'total_timesteps') ?? positionalValues(call)[0];
  const done = ` - ${model}.num_timesteps`;
  const text = given === undefined || given === null ? null : textOf(tree, given);
  const steps =
    text === null || given === undefined || given === null || text.endsWith(done)
      ? []
      : [{ from: given.from, to: given.to, text: `${/^\w+$/.test(text) ? text : `(${text})`}${done}` }];
  const reset = setArgument(call, 'reset_num_timesteps', 'False', 4);
  const notes = offPolicy.has(lastPart(algorithm)) ? [note('replay-buffer')] : [];
  return ok({ edits: [before, ...renamed, ...steps, reset], notes });
};
