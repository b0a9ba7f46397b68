import type { RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { spokenTime } from './quantities.ts';

/**
 * "51 steps, 3 min of work", or `null` when the number of steps is not known. Of epochs no more is known than how many have
 * begun since.
 */
export const workAtRisk = (t: Translate, run: RunView): string | null => {
  if (run.stepsAtRisk === null) return null;
  if (run.unit === 'epochs')
    return run.safeName === null ? null : plural(t, 'epochs_at_most', Math.max(1, run.stepsAtRisk));
  const steps = plural(t, 'steps', run.stepsAtRisk);
  if (run.secondsAtRisk === null || run.stepsAtRisk === 0) return steps;
  return t('work_steps_time', [steps, spokenTime(t, run.secondsAtRisk)]);
};
