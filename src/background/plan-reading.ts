import { readTraining, trainingCells } from '../core/source/read-training.ts';
import { planFromSource } from '../core/run/plan-from-source.ts';
import { planVerdict } from '../core/run/saves.ts';
import { UNKNOWN_LIMIT } from '../core/run/run.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { PlanView } from '../protocol/popup-view.ts';

/** What the notebook says it will save, read from the last cell that trains; `null` when no cell does. */
export const planOf = (cells: readonly CellSource[]): PlanView | null => {
  const found = trainingCells(cells);
  for (const cell of cells.toReversed()) {
    if (!found.has(cell.id)) continue;
    const training = readTraining(cells, cell.id);
    if (training.call === null && training.training === null && training.arguments === null) continue;
    const plan = planFromSource(training);
    return {
      saveSteps: plan.saveSteps,
      maxSteps: plan.maxSteps,
      saveTotalLimit: plan.saveTotalLimit === UNKNOWN_LIMIT ? null : plan.saveTotalLimit,
      verdict: planVerdict(plan),
    };
  }
  return null;
};
