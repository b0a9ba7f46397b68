import type { JSX } from 'preact';
import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { adviceWords } from '../view-model/plan-advice.ts';
import { useWords } from '../words-context.ts';

interface PlanAdviceProps {
  readonly state: NotebookState;
  readonly actions: Actions;
}

/** How often it had better save, with the one number of it that is not measured. */
export const PlanAdvice = ({ state, actions }: PlanAdviceProps): JSX.Element | null => {
  const t = useWords();
  const words = adviceWords(t, state);
  if (words === null) return null;
  const choose = (value: string): void =>
    void actions.act({ kind: 'set-hours-between-failures', hours: Number(value) });
  return (
    <div class="plan-advice">
      <p class="hint">{words.sentence}</p>
      <label class="hint">
        <span>{words.label}</span>
        <select value={String(words.hours)} onChange={(event) => choose(event.currentTarget.value)}>
          {words.choices.map((choice) => (
            <option key={choice.hours} value={String(choice.hours)}>
              {choice.words}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};
