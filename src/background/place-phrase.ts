import { translate } from '../browser/translate.ts';
import { positionOf } from '../core/run/progress.ts';
import type { Unit } from '../core/checkpoint/epochs.ts';
import type { Run } from '../core/run/run.ts';

/** A point of a run in a sentence: "step 400", "epoch 3". */
export const placePhrase = (unit: Unit, at: number): string =>
  translate(unit === 'steps' ? 'place_step' : 'place_epoch', [String(at)]);

/** Where a run stands, or last stood. */
export const whereItIs = (run: Run): string => {
  const position = positionOf(run);
  return position === null ? translate('place_unknown') : placePhrase(position.unit, position.step);
};
