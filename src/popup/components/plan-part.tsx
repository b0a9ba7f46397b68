import type { JSX } from 'preact';
import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { planLine, planWarningLines } from '../view-model/plan-lines.ts';
import { useWords } from '../words-context.ts';
import { PlanAdvice } from './plan-advice.tsx';

interface PlanPartProps {
  readonly state: NotebookState;
  readonly actions: Actions;
}

/** What there is to say of the saves beside the heading: the plan in a line, what is amiss with it, a better interval. */
export const PlanPart = ({ state, actions }: PlanPartProps): JSX.Element => {
  const t = useWords();
  const line = planLine(t, state);
  const warnings = planWarningLines(t, state);
  return (
    <>
      {line === null ? null : <p class="hint plan-line">{line}</p>}
      {warnings.length === 0 ? null : (
        <ul class="notices plan-warnings">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <PlanAdvice state={state} actions={actions} />
    </>
  );
};
