import { planFromSource } from '../core/run/plan-from-source.ts';
import { positionOf } from '../core/run/progress.ts';
import { settingsPlace, type SettingsPlace } from '../core/save-settings/settings-place.ts';
import { readTraining, trainingCells } from '../core/source/read-training.ts';
import type { CellSource } from '../core/source/training-source.ts';
import type { Notebook } from './notebook.ts';

/** The cell whose saving can be set, where, and for how long a run. */
export interface SettingsSite {
  readonly cellId: string;
  readonly place: SettingsPlace;
  /** `null`: neither the code nor a run of this cell tells. */
  readonly maxSteps: number | null;
}

/** Of the last cell that trains, the one whose plan is shown; `null` where no Hugging Face Trainer trains in it. */
export const settingsSite = (notebook: Notebook, cells: readonly CellSource[]): SettingsSite | null => {
  const training = trainingCells(cells);
  const cellId = cells.findLast(({ id }) => training.has(id))?.id;
  const place = cellId === undefined ? null : settingsPlace(cells, cellId);
  if (cellId === undefined || place === null) return null;
  const { maxSteps } = planFromSource(readTraining(cells, cellId));
  return { cellId, place, maxSteps: maxSteps ?? lengthOfRun(notebook, cellId) };
};

/** A run whose length is given in epochs tells it by its progress. */
const lengthOfRun = ({ run }: Notebook, cellId: string): number | null => {
  const position = run === null || run.cellId !== cellId ? null : positionOf(run);
  return position?.unit === 'steps' ? position.total : null;
};
