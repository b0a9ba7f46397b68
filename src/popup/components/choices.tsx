import type { JSX } from 'preact';
import type { Choice } from '../view-model/chooser.ts';
import { useWords } from '../words-context.ts';

interface ChoicesProps {
  /** For screen readers. */
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly tick: (names: readonly string[], ticked: boolean) => void;
}

/** One check box for each, and one for all where there are several. */
export const Choices = ({ legend, choices, tick }: ChoicesProps): JSX.Element => {
  const t = useWords();
  const some = choices.some(({ ticked }) => ticked);
  const all = choices.every(({ ticked }) => ticked);
  return (
    <fieldset class="choices">
      <legend class="spoken-only">{legend}</legend>
      {choices.length < 2 ? null : (
        <label class="choice">
          <input
            type="checkbox"
            checked={all}
            indeterminate={some && !all}
            onChange={(event) =>
              tick(
                choices.map(({ name }) => name),
                event.currentTarget.checked,
              )
            }
          />
          <span class="choice-name">{t('chooser_all')}</span>
        </label>
      )}
      {choices.map((choice) => (
        <label key={choice.name} class="choice">
          <input
            type="checkbox"
            checked={choice.ticked}
            onChange={(event) => tick([choice.name], event.currentTarget.checked)}
          />
          <span class="choice-name" title={choice.fullTitle}>
            {choice.title}
          </span>
          <span class="choice-size">{choice.size}</span>
        </label>
      ))}
    </fieldset>
  );
};
