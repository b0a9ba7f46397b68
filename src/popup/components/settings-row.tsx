import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PresetName, SaveSettings } from '../../core/save-settings/save-settings.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { SaveSettingsView } from '../../protocol/save-settings-view.ts';
import type { Actions } from '../use-actions.ts';
import {
  offeredSettings,
  settingsHeading,
  settingsHints,
  settingsText,
} from '../view-model/settings-words.ts';
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
  const { saveSettings, notebookId } = view;
  return saveSettings === null ? null : (
    <Disclosure label={settingsHeading(t, saveSettings)}>
      <Settings settings={saveSettings} notebookId={notebookId} actions={actions} />
    </Disclosure>
  );
};

interface SettingsProps {
  readonly settings: SaveSettingsView;
  readonly notebookId: string;
  readonly actions: Actions;
}

const Settings = ({ settings: view, notebookId, actions }: SettingsProps): JSX.Element => {
  const t = useWords();
  const [announces, setAnnounces] = useState(view.inserted?.settings.announces ?? true);
  const [shown, setShown] = useState<{ readonly preset: PresetName; readonly text: string } | null>(null);
  const choose = async (preset: PresetName, settings: SaveSettings): Promise<void> => {
    const text = settingsText(view, settings);
    if (text !== null) return setShown({ preset, text });
    if (await actions.act({ kind: 'apply-settings', notebookId, preset, settings }))
      actions.say(t('settings_said'));
  };
  const action = { kind: 'undo-settings', notebookId } as const;
  const undo = {
    action,
    act: async (): Promise<void> => {
      const said = t(view.inserted?.ran === true ? 'settings_undone_ran' : 'settings_undone');
      if (await actions.act(action)) actions.say(said);
    },
  };
  const standing = view.inserted?.preset ?? null;
  const copyOf = (preset: PresetName): JSX.Element | null =>
    shown?.preset !== preset ? null : (
      <CopyCell
        text={shown.text}
        label={t('settings_text_label')}
        button={t('settings_copy_button')}
        look="main"
        actions={actions}
      />
    );
  return (
    <div class="settings">
      {settingsHints(t, view).map((line) => (
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
          <span>{t('settings_announces')}</span>
        </label>
      ) : null}
      <ul class="settings-choices">
        {offeredSettings(t, view, announces).map((choice) => (
          <SettingsChoice
            key={choice.preset}
            choice={choice}
            copies={view.way !== 'insert'}
            undo={standing === choice.preset ? undo : null}
            actions={actions}
            notebookId={notebookId}
            choose={() => void choose(choice.preset, choice.settings)}
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
        choose={(settings) => void choose('own', settings)}
      />
      {copyOf('own')}
    </div>
  );
};
