import { NOTHING_ASKED, ofRun } from '../core/reach/asked-save.ts';
import { secondsPerStep } from '../core/run/pace.ts';
import type { SaveView } from '../protocol/save-view.ts';
import type { Notebook } from './notebook.ts';

/** A tired person loses that much at most, where nothing better is known. */
const WISHED_SECONDS = 10 * 60;

/** What was asked of the notebook's run; of an earlier one nothing. */
export const saveView = ({ saves, run }: Notebook): SaveView => {
  const { phase, every, made } = ofRun(saves ?? NOTHING_ASKED, run?.id ?? '');
  const pace = run === null ? null : secondsPerStep(run);
  return { phase, every, made, advisedSteps: pace === null ? null : niceSteps(WISHED_SECONDS / pace) };
};

/** A number of steps that people would choose: 1, 2 or 5 times a power of ten. */
const niceSteps = (steps: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, steps)));
  const rest = Math.max(1, steps) / power;
  return Math.max(1, (rest >= 5 ? 5 : rest >= 2 ? 2 : 1) * power);
};
