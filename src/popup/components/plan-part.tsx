import type { JSX } from 'preact';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { planLine, planWarningLines } from '../view-model/plan-lines.ts';
import { useWords } from '../words-context.ts';
import { PlanAdvice } from './plan-advice.tsx';

interface PlanPartProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

/** What there is to say of the saves beside the heading: the plan in a line, what is amiss with it, a better interval. */
export const PlanPart = ({ view, actions }: PlanPartProps): JSX.Element => {
  const t = useWords();
  const line = planLine(t, view.state);
  const warnings = planWarningLines(t, view);
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
      <PlanAdvice state={view.state} actions={actions} />
    </>
  );
};
