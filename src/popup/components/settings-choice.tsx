import type { ComponentChildren, JSX } from 'preact';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { Actions } from '../use-actions.ts';
import type { OfferedSettings } from '../view-model/settings-words.ts';
import { useWords } from '../words-context.ts';
import { SmallButton } from './small-button.tsx';

/** Takes the cell away again and says what that leaves. */
export interface SettingsUndo {
  readonly action: PopupAction;
  readonly act: () => Promise<void>;
}

interface SettingsChoiceProps {
  readonly choice: OfferedSettings;
  readonly notebookId: string;
  /** There is text to copy in place of a cell to put in. */
  readonly copies: boolean;
  /** What takes it away again, where it is what stands in the notebook. */
  readonly undo: SettingsUndo | null;
  readonly actions: Actions;
  readonly choose: () => void;
  readonly children: ComponentChildren;
}

/** One of the offered settings: what it is, what it would do, and its button. */
export const SettingsChoice = ({
  choice,
  notebookId,
  copies,
  undo,
  actions,
  choose,
  children,
}: SettingsChoiceProps): JSX.Element => {
  const t = useWords();
  const { preset, settings, name, detail } = choice;
  const label = t(copies ? 'settings_show_button' : 'settings_apply_button');
  const apply = { kind: 'apply-settings', notebookId, preset, settings } as const;
  return (
    <li class="settings-choice">
      <span class="settings-name">{name}</span>
      {undo === null ? (
        <SmallButton
          key="apply"
          button={{ label, spokenLabel: `${label}: ${name}`, action: apply }}
          actions={actions}
          onClick={choose}
        />
      ) : (
        <SmallButton
          key="apply"
          button={{
            label: t('undo_button'),
            spokenLabel: `${t('undo_button')}: ${name}`,
            action: undo.action,
          }}
          actions={actions}
          onClick={() => void undo.act()}
        />
      )}
      <small class="settings-detail">{detail}</small>
      {children}
    </li>
  );
};
