import { executedCalls } from './executed-calls.ts';
import { following } from './follow-value.ts';
import { collectNames } from './python-names.ts';
import { readTraining, trainingCells } from './read-training.ts';
import { trainCallAt } from './train-call.ts';
import { readArgumentsOfCall } from './training-arguments.ts';
import type { CellSource, TrainingSource } from './training-source.ts';

/** The training of a notebook, and the cell that runs it. */
export interface NotebookTraining {
  readonly cellId: string;
  /** What is trained, as written; `null` where no Trainer trains. */
  readonly trainer: string | null;
  readonly training: TrainingSource;
}

/**
 * What trains last in a notebook: the last cell with a Trainer that trains, else the last that trains in another way and of
 * which something is known. A notebook that shows both does so to explain one by the other. `null`: no cell trains.
 * `cells` are the notebook's code cells in its order.
 */
export function notebookTraining(cells: readonly CellSource[]): NotebookTraining | null {
  const found = trainingCells(cells);
  let other: NotebookTraining | null = null;
  for (const { id } of cells.toReversed()) {
    if (!found.has(id)) continue;
    const training = readTraining(cells, id);
    if (training.call !== null) return { cellId: id, trainer: training.call.trainer, training };
    if (other === null && (training.training !== null || training.arguments !== null))
      other = { cellId: id, trainer: null, training };
  }
  return throughFunction(cells) ?? other;
}

/** A cell calls a function of another cell, in which a Trainer trains. */
function throughFunction(cells: readonly CellSource[]): NotebookTraining | null {
  if (!cells.some(({ source }) => /\btrain\(/.test(source) && /\bdef\b/.test(source))) return null;
  const follow = following(collectNames(cells));
  for (const [cell, { id }] of [...cells.entries()].toReversed()) {
    for (const { call, place } of executedCalls(follow.names, cell).toReversed()) {
      const found = trainCallAt(follow.names, call, place);
      if (found?.call.certainty !== 'known') continue;
      const read = readArgumentsOfCall(follow, found);
      const training: TrainingSource = {
        framework: 'transformers',
        training: null,
        scriptTraining: null,
        call: null,
        script: null,
        arguments: read,
      };
      return { cellId: id, trainer: found.call.trainer, training };
    }
  }
  return null;
}
