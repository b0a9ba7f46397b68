import { fail, ok } from '../../result.ts';
import { textOf } from '../../source/python-tree.ts';
import { keywordValue, positionalValues } from '../../source/python-call.ts';
import { pythonLiteral } from '../python-literal.ts';
import { note, type CallIdiom } from './idiom.ts';
import { torchAt } from './scope.ts';
import { callAt, linesBefore, parseCell, setArgument } from './python-edits.ts';

/** `trainer.fit(model, ckpt_path="…")`; weights alone are loaded into the model (lightning/pytorch/trainer/trainer.py). */
export const lightningIdiom: CallIdiom = ({ source, site, point }) => {
  if (site.call === null) return fail({ kind: 'trains-elsewhere' });
  const tree = parseCell(source);
  const call = callAt(tree, site.call);
  if (call === null) return fail({ kind: 'unreadable-arguments' });
  const path = pythonLiteral(point.path);
  const whole = point.holds === 'everything' || !(site.weightsOnly || point.holds === 'weights-only');
  if (whole) return ok({ edits: [setArgument(call, 'ckpt_path', path, 4)], notes: [] });
  const torch = torchAt(tree, call.node.from);
  const model = positionalValues(call)[0] ?? keywordValue(call, 'model');
  const before =
    model === undefined || model === null
      ? null
      : linesBefore(source, tree, call.node.from, [
          torch.line,
          `${textOf(tree, model)}.load_state_dict(${torch.name}.load(${path}, map_location="cpu", weights_only=False)["state_dict"])`,
        ]);
  return before === null
    ? fail({ kind: 'unreadable-arguments' })
    : ok({ edits: [before], notes: [note('weights-only')] });
};
