import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import {
  MOST_KEPT,
  MOST_SAVE_STEPS,
  settingsOf,
  type SaveSettings,
} from '../../core/save-settings/save-settings.ts';
import type { SaveSettingsView } from '../../protocol/save-settings-view.ts';
import type { Actions } from '../use-actions.ts';
import { settingsDetail } from '../view-model/settings-words.ts';
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
    <span class="settings-field">
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
  readonly view: SaveSettingsView;
  readonly announces: boolean;
  /** What takes it away again, where it is what stands in the notebook. */
  readonly undo: SettingsUndo | null;
  readonly actions: Actions;
  readonly choose: (settings: SaveSettings) => void;
}

/** Numbers of the user's own. */
export const SettingsForm = ({ view, announces, undo, actions, choose }: SettingsFormProps): JSX.Element => {
  const t = useWords();
  const heading = useId();
  const before = view.inserted?.preset === 'own' ? view.inserted.settings : null;
  const first = before ?? settingsOf('steady', view.maxSteps, announces);
  const [steps, setSteps] = useState(String(first.saveSteps ?? ''));
  const [kept, setKept] = useState(first.keep === null ? '' : String(first.keep));
  const [best, setBest] = useState(first.best);
  const saveSteps = numberIn(steps, MOST_SAVE_STEPS);
  const keep = kept.trim() === '' ? null : numberIn(kept, MOST_KEPT);
  const isWhole = saveSteps !== null && (keep !== null || kept.trim() === '');
  const settings: SaveSettings = { saveSteps, keep, best, announces };
  return (
    <form
      class="settings-own"
      aria-labelledby={heading}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) choose(settings);
      }}
    >
      <span class="settings-name" id={heading}>
        {t('settings_own')}
      </span>
      <div class="settings-fields">
        <NumberField
          label={t('settings_own_steps')}
          value={steps}
          most={MOST_SAVE_STEPS}
          required={true}
          change={setSteps}
        />
        <NumberField
          label={t('settings_own_keep')}
          value={kept}
          most={MOST_KEPT}
          required={false}
          change={setKept}
        />
      </div>
      <label class="setting">
        <input type="checkbox" checked={best} onChange={(event) => setBest(event.currentTarget.checked)} />
        <span>{t('settings_best')}</span>
      </label>
      <small class="settings-detail">
        {isWhole ? settingsDetail(t, view, settings) : t('settings_own_whole_numbers')}
      </small>
      <div class="settings-buttons">
        {undo === null ? null : (
          <SmallButton
            button={{
              label: t('undo_button'),
              spokenLabel: `${t('undo_button')}: ${t('settings_own')}`,
              action: undo.action,
            }}
            actions={actions}
            onClick={() => void undo.act()}
          />
        )}
        <button type="submit" class="small-button" aria-label={ownLabel(t, view)}>
          {t(view.way === 'insert' ? 'settings_apply_button' : 'settings_show_button')}
        </button>
      </div>
    </form>
  );
};

const ownLabel = (t: ReturnType<typeof useWords>, { way }: SaveSettingsView): string =>
  `${t(way === 'insert' ? 'settings_apply_button' : 'settings_show_button')}: ${t('settings_own')}`;
