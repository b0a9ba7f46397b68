import type { RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { spokenTime } from './quantities.ts';

/** "51 steps, 3 min of work", or `null` when the number of steps is not known. */
export const workAtRisk = (t: Translate, run: RunView): string | null => {
  if (run.stepsAtRisk === null) return null;
  const steps = plural(t, 'steps', run.stepsAtRisk);
  if (run.secondsAtRisk === null || run.stepsAtRisk === 0) return steps;
  return t('work_steps_time', [steps, spokenTime(t, run.secondsAtRisk)]);
};
