import { collectNames, type PythonNames } from '../source/python-names.ts';
import { dottedName } from '../source/python-tree.ts';
import { readTraining } from '../source/read-training.ts';
import { findTrainCalls } from '../source/train-call.ts';
import type { CellSource } from '../source/training-source.ts';

/**
 * Where it can be set how a run saves. `above`: in a cell directly above the one that trains, on the trainer that is there by
 * then. `arguments`: the trainer is made in the cell that trains, so only where its arguments are written.
 */
export type SettingsPlace =
  | { readonly kind: 'above'; readonly trainer: string }
  /** `className` of the arguments, where the code shows it. */
  | { readonly kind: 'arguments'; readonly className: string | null };

/** `null`: no Hugging Face Trainer trains in that cell. */
export function settingsPlace(cells: readonly CellSource[], trainingCellId: string): SettingsPlace | null {
  const { call, arguments: given } = readTraining(cells, trainingCellId);
  if (call === null) return null;
  const index = cells.findIndex(({ id }) => id === trainingCellId);
  const names = collectNames(cells);
  const found = findTrainCalls(names, index).find((each) => each.call.from === call.from);
  const tree = names.cells[index]?.tree;
  const name = found === undefined || tree === undefined ? null : dottedName(tree, found.trainer);
  return name === null || isMadeInCell(names, name, index, call.to)
    ? { kind: 'arguments', className: given?.className ?? null }
    : { kind: 'above', trainer: name };
}

/** Also a parameter, or a name of a loop: whatever it stands for does not stand for it in the cell above. */
const isMadeInCell = (names: PythonNames, name: string, cell: number, before: number): boolean => {
  const root = /^[^.[]*/.exec(name)?.[0] ?? name;
  return [name, root].some((each) =>
    names.bindings.get(each)?.some((binding) => binding.cell === cell && binding.at < before),
  );
};
