import { readIpythonCell } from '../source/ipython-cell.ts';
import { readCall, type CallArgument, type PythonCall } from '../source/python-call.ts';
import { parsePython, textOf, walk, type PythonTree } from '../source/python-tree.ts';
import type { TrainCall } from '../source/training-source.ts';
import { fail, ok, type Result } from '../result.ts';
import type { TextEdit } from './text-edit.ts';

/** The first parameter of `Trainer.train` (transformers/trainer.py) and the keyword for it. */
const keyword = 'resume_from_checkpoint';

/** `no-train-call`: there is no such call in the source. `unreadable-arguments`: `*args`, or broken syntax. */
export type TrainCallFailure = { readonly kind: 'no-train-call' } | { readonly kind: 'unreadable-arguments' };

/** The one edit that makes a train call resume from `literal`, a Python expression. */
export function trainCallEdit(
  source: string,
  call: TrainCall,
  literal: string,
): Result<TextEdit, TrainCallFailure> {
  const tree = parsePython(readIpythonCell(source).python);
  const found = callAt(tree, call);
  if (found === 'none') return fail({ kind: 'no-train-call' });
  if (found === null) return fail({ kind: 'unreadable-arguments' });
  const given = found.arguments.find((argument) => argument.keyword === keyword);
  if (given !== undefined) return ok({ from: given.value.from, to: given.to, text: literal });
  const first = resumeArgument(tree, found);
  if (first?.kind === 'star') return fail({ kind: 'unreadable-arguments' });
  if (first !== undefined) return ok({ from: first.from, to: first.to, text: literal });
  const last = found.arguments.at(-1);
  if (last === undefined) return ok({ from: found.open, to: found.open, text: `${keyword}=${literal}` });
  return ok({ from: last.to, to: last.to, text: `, ${keyword}=${literal}` });
}

/** The call at exactly these offsets; `null` when its syntax is broken. */
function callAt(tree: PythonTree, { from, to }: TrainCall): PythonCall | 'none' | null {
  let found: PythonCall | 'none' | null = 'none';
  walk(tree.root, (node) => {
    if (node.name === 'CallExpression' && node.from === from && node.to === to) found = readCall(tree, node);
  });
  return found;
}

/** The argument that arrives as `resume_from_checkpoint` by its position; `unsloth_train` takes the trainer first. */
function resumeArgument(tree: PythonTree, call: PythonCall): CallArgument | undefined {
  const positional = call.arguments.filter(({ kind }) => kind === 'positional' || kind === 'star');
  if (/\.\s*train$/.test(textOf(tree, call.callee))) return positional[0];
  const trainerByKeyword = call.arguments.some((argument) => argument.keyword === 'trainer');
  return trainerByKeyword || positional[0]?.kind === 'star' ? positional[0] : positional[1];
}
