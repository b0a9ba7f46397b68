import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { KeepingChoice } from '../../protocol/keeping-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { keepingLine, speedChoices } from '../view-model/keeping-words.ts';
import { canTakeLess } from '../view-model/takeable.ts';
import { useWords } from '../words-context.ts';
import { Disclosure } from './disclosure.tsx';
import { KeepingExtent } from './keeping-extent.tsx';

interface Settings extends KeepingChoice {
  readonly on: boolean;
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
}

const Check = ({ label, checked, change }: CheckProps): JSX.Element => (
  <label class="setting">
    <input type="checkbox" checked={checked} onChange={(event) => change(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
);

const Speed = ({
  chosen,
  change,
}: {
  readonly chosen: number | null;
  readonly change: (limit: number | null) => void;
}): JSX.Element => {
  const t = useWords();
  const id = useId();
  const choices = speedChoices(t, chosen);
  return (
    <p class="keeping-speed">
      <label for={id}>{t('keeping_setting_speed')}</label>
      <select
        id={id}
        value={choices.findIndex(({ limit }) => limit === chosen)}
        onChange={(event) => change(choices[event.currentTarget.selectedIndex]?.limit ?? null)}
      >
        {choices.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
};

interface KeepingRowProps {
  readonly view: NotebookView;
  readonly now: number;
  readonly actions: Actions;
}

/** One line for the copies that are made by themselves, and their settings under it. */
export const KeepingRow = ({ view, now, actions }: KeepingRowProps): JSX.Element | null => {
  const t = useWords();
  const { keeping, notebookId } = view;
  const line = keepingLine(t, keeping, now);
  return line === null || (keeping.kind !== 'on' && keeping.kind !== 'off') ? null : (
    <Disclosure label={line}>
      <KeepingSettings
        notebookId={notebookId}
        settings={{
          on: keeping.kind === 'on',
          extent: keeping.extent,
          paused: keeping.paused,
          mostBytesPerSecond: keeping.mostBytesPerSecond,
        }}
        canChooseExtent={canTakeLess(view)}
        hint={
          keeping.kind === 'on' && keeping.trouble !== null ? t('keeping_trouble_next') : t('keeping_hint')
        }
        actions={actions}
      />
    </Disclosure>
  );
};

interface KeepingSettingsProps {
  readonly notebookId: string;
  readonly settings: Settings;
  readonly canChooseExtent: boolean;
  readonly hint: string;
  readonly actions: Actions;
}

const KeepingSettings = ({
  notebookId,
  settings,
  canChooseExtent,
  hint,
  actions,
}: KeepingSettingsProps): JSX.Element => {
  const t = useWords();
  /** Shown until the background's own word comes, so that a box keeps the state it was clicked into. */
  const [asked, setAsked] = useState<Settings | null>(null);
  const known = JSON.stringify(settings);
  useEffect(() => setAsked(null), [known]);
  const shown = asked ?? settings;
  const change = async (changed: Partial<Settings>): Promise<void> => {
    const wanted = { ...shown, ...changed };
    setAsked(wanted);
    if (!(await actions.act({ kind: 'change-keeping', notebookId, ...wanted }))) setAsked(null);
  };
  return (
    <div class="keeping">
      <Check
        label={t('keeping_setting_on')}
        checked={shown.on}
        change={(on) => void change({ on, paused: false })}
      />
      {shown.on ? (
        <>
          <Check
            label={t('keeping_setting_paused')}
            checked={shown.paused}
            change={(paused) => void change({ paused })}
          />
          {canChooseExtent ? (
            <KeepingExtent extent={shown.extent} choose={(extent) => void change({ extent })} />
          ) : null}
          <Speed
            chosen={shown.mostBytesPerSecond}
            change={(mostBytesPerSecond) => void change({ mostBytesPerSecond })}
          />
        </>
      ) : null}
      <p class="hint">{hint}</p>
    </div>
  );
};
