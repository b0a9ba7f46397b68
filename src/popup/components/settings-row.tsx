import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PresetName, Saving } from '../../core/saving/saving.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { SavingView } from '../../protocol/saving-view.ts';
import type { Actions } from '../use-actions.ts';
import { savingChoices, savingHeading, savingHints, savingText } from '../view-model/saving-words.ts';
import { useWords } from '../words-context.ts';
import { CopyCell } from './copy-cell.tsx';
import { Disclosure } from './disclosure.tsx';
import { SettingsChoice } from './settings-choice.tsx';
import { SettingsForm } from './settings-form.tsx';

interface SettingsRowProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

/** How the next run saves: one row, and under it what can be chosen. */
export const SettingsRow = ({ view, actions }: SettingsRowProps): JSX.Element | null => {
  const t = useWords();
  const { saving, notebookId } = view;
  return saving === null ? null : (
    <Disclosure label={savingHeading(t, saving)}>
      <Settings saving={saving} notebookId={notebookId} actions={actions} />
    </Disclosure>
  );
};

interface SettingsProps {
  readonly saving: SavingView;
  readonly notebookId: string;
  readonly actions: Actions;
}

const Settings = ({ saving: view, notebookId, actions }: SettingsProps): JSX.Element => {
  const t = useWords();
  const [announces, setAnnounces] = useState(view.inserted?.saving.announces ?? true);
  const [shown, setShown] = useState<{ readonly preset: PresetName; readonly text: string } | null>(null);
  const choose = async (preset: PresetName, saving: Saving): Promise<void> => {
    const text = savingText(view, saving);
    if (text !== null) return setShown({ preset, text });
    if (await actions.act({ kind: 'apply-saving', notebookId, preset, saving }))
      actions.say(t('saving_said'));
  };
  const action = { kind: 'undo-saving', notebookId } as const;
  const undo = {
    action,
    act: async (): Promise<void> => {
      const said = t(view.inserted?.ran === true ? 'saving_undone_ran' : 'saving_undone');
      if (await actions.act(action)) actions.say(said);
    },
  };
  const standing = view.inserted?.preset ?? null;
  const copyOf = (preset: PresetName): JSX.Element | null =>
    shown?.preset !== preset ? null : (
      <CopyCell
        text={shown.text}
        label={t('saving_text_label')}
        button={t('saving_copy_button')}
        look="main"
        actions={actions}
      />
    );
  return (
    <div class="saving">
      {savingHints(t, view).map((line) => (
        <p key={line} class="hint">
          {line}
        </p>
      ))}
      {view.way === 'insert' ? (
        <label class="setting">
          <input
            type="checkbox"
            checked={announces}
            onChange={(event) => setAnnounces(event.currentTarget.checked)}
          />
          <span>{t('saving_announces')}</span>
        </label>
      ) : null}
      <ul class="saving-choices">
        {savingChoices(t, view, announces).map((choice) => (
          <SettingsChoice
            key={choice.preset}
            choice={choice}
            copies={view.way !== 'insert'}
            undo={standing === choice.preset ? undo : null}
            actions={actions}
            notebookId={notebookId}
            choose={() => void choose(choice.preset, choice.saving)}
          >
            {copyOf(choice.preset)}
          </SettingsChoice>
        ))}
      </ul>
      <SettingsForm
        view={view}
        announces={view.way === 'insert' && announces}
        undo={standing === 'own' ? undo : null}
        actions={actions}
        choose={(saving) => void choose('own', saving)}
      />
      {copyOf('own')}
    </div>
  );
};
