import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { MOST_KEPT, MOST_SAVE_STEPS, savingOf, type Saving } from '../../core/saving/saving.ts';
import type { SavingView } from '../../protocol/saving-view.ts';
import type { Actions } from '../use-actions.ts';
import { savingDetail } from '../view-model/saving-words.ts';
import { useWords } from '../words-context.ts';
import type { SettingsUndo } from './settings-choice.tsx';
import { SmallButton } from './small-button.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly required: boolean;
  readonly change: (value: string) => void;
}

const NumberField = ({ label, value, most, required, change }: NumberFieldProps): JSX.Element => {
  const id = useId();
  return (
    <span class="saving-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={most}
        step={1}
        required={required}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </span>
  );
};

/** A whole number within its bounds, or `null`. */
const numberIn = (text: string, most: number): number | null => {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most ? value : null;
};

interface SettingsFormProps {
  readonly view: SavingView;
  readonly announces: boolean;
  /** What takes it away again, where it is what stands in the notebook. */
  readonly undo: SettingsUndo | null;
  readonly actions: Actions;
  readonly choose: (saving: Saving) => void;
}

/** Numbers of the user's own. */
export const SettingsForm = ({ view, announces, undo, actions, choose }: SettingsFormProps): JSX.Element => {
  const t = useWords();
  const heading = useId();
  const before = view.inserted?.preset === 'own' ? view.inserted.saving : null;
  const first = before ?? savingOf('steady', view.maxSteps, announces);
  const [steps, setSteps] = useState(String(first.saveSteps ?? ''));
  const [kept, setKept] = useState(first.keep === null ? '' : String(first.keep));
  const [best, setBest] = useState(first.best);
  const saveSteps = numberIn(steps, MOST_SAVE_STEPS);
  const keep = kept.trim() === '' ? null : numberIn(kept, MOST_KEPT);
  const isWhole = saveSteps !== null && (keep !== null || kept.trim() === '');
  const saving: Saving = { saveSteps, keep, best, announces };
  return (
    <form
      class="saving-own"
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) choose(saving);
      }}
    >
      <span class="saving-name" id={heading}>
        {t('saving_own')}
      </span>
      <div class="saving-fields">
        <NumberField
          label={t('saving_own_steps')}
          value={steps}
          most={MOST_SAVE_STEPS}
          required={true}
          change={setSteps}
        />
        <NumberField
          label={t('saving_own_keep')}
          value={kept}
          most={MOST_KEPT}
          required={false}
          change={setKept}
        />
      </div>
      <label class="setting">
        <input type="checkbox" checked={best} onChange={(event) => setBest(event.currentTarget.checked)} />
        <span>{t('saving_best')}</span>
      </label>
      <small class="saving-detail">
        {isWhole ? savingDetail(t, view, saving) : t('saving_own_whole_numbers')}
      </small>
      <div class="saving-buttons">
        {undo === null ? null : (
          <SmallButton
            button={{
              label: t('undo_button'),
              spokenLabel: `${t('undo_button')}: ${t('saving_own')}`,
              action: undo.action,
            }}
            actions={actions}
            onClick={() => void undo.act()}
          />
        )}
        <button type="submit" class="small-button" aria-label={ownLabel(t, view)}>
          {t(view.way === 'insert' ? 'saving_apply_button' : 'saving_show_button')}
        </button>
      </div>
    </form>
  );
};

const ownLabel = (t: ReturnType<typeof useWords>, { way }: SavingView): string =>
  `${t(way === 'insert' ? 'saving_apply_button' : 'saving_show_button')}: ${t('saving_own')}`;
