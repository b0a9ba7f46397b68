import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NotebookView, SettingsView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { folderQuestion } from '../view-model/folder-words.ts';
import { Button } from './button.tsx';
import { waysOf } from '../view-model/ways.ts';
import { FolderForm } from './folder-form.tsx';
import { RestoreZipRow } from './restore-zip-row.tsx';
import { filesMayAnswer } from '../view-model/takeable.ts';
import { WaysList } from './ways-list.tsx';
import { ZipFolderForm } from './zip-folder-form.tsx';

interface SettingsProps {
  readonly settings: SettingsView;
  readonly actions: Actions;
}

/** Two check boxes; the second means nothing without the first. */
const Settings = ({ settings, actions }: SettingsProps): JSX.Element => {
  const t = useWords();
  /** Shown until the background's own word comes, so that a box keeps the state it was clicked into. */
  const [asked, setAsked] = useState<SettingsView | null>(null);
  useEffect(() => setAsked(null), [settings.insertAfterReconnect, settings.runAfterReconnect]);
  const change = async (insertAfterReconnect: boolean, runAfterReconnect: boolean): Promise<void> => {
    setAsked({ ...settings, insertAfterReconnect, runAfterReconnect });
    const done = await actions.act({ kind: 'change-settings', insertAfterReconnect, runAfterReconnect });
    if (!done) setAsked(null);
  };
  const { insertAfterReconnect: insert, runAfterReconnect: run } = asked ?? settings;
  return (
    <>
      <label class="setting">
        <input
          type="checkbox"
          checked={insert}
          onChange={(event) => void change(event.currentTarget.checked, event.currentTarget.checked && run)}
        />
        <span>{t('setting_insert')}</span>
      </label>
      <label class="setting">
        <input
          type="checkbox"
          checked={insert && run}
          disabled={!insert}
          onChange={(event) => void change(insert, event.currentTarget.checked)}
        />
        <span>{t('setting_run')}</span>
      </label>
      <p class="hint">{t(insert && run ? 'setting_run_on_hint' : 'setting_run_hint')}</p>
    </>
  );
};

interface MenuPanelProps {
  readonly id: string;
  readonly view: NotebookView;
  readonly actions: Actions;
  readonly close: () => void;
}

/** What is behind the three dots: settings, another folder, putting the run away. */
export const MenuPanel = ({ id, view, actions, close }: MenuPanelProps): JSX.Element => {
  const t = useWords();
  const [asksFolder, setAsksFolder] = useState(false);
  const [asksZip, setAsksZip] = useState(false);

  const { state, notebookId } = view;
  // Without a run there is no folder; where it is not known the page itself asks.
  const folderIsAskedBelow = state.kind === 'idle' || folderQuestion(t, state.run.folder) !== null;
  const ended = state.kind === 'finished' || state.kind === 'stopped' || state.kind === 'lost';
  const dismiss = async (): Promise<void> => {
    if (await actions.act({ kind: 'dismiss-run', notebookId })) close();
  };
  return (
    <section class="menu-panel" id={id} aria-label={t('menu_heading')}>
      <Settings settings={view.settings} actions={actions} />
      {folderIsAskedBelow ? null : asksFolder ? (
        <FolderForm notebookId={notebookId} question={null} actions={actions} whenDone={close} />
      ) : (
        <Button look="row" label={t('menu_watch_folder')} onClick={() => setAsksFolder(true)} />
      )}
      {!filesMayAnswer(view) ? null : asksZip ? (
        <ZipFolderForm notebookId={notebookId} actions={actions} whenDone={close} />
      ) : (
        <Button look="row" label={t('menu_zip_folder')} onClick={() => setAsksZip(true)} />
      )}
      <RestoreZipRow notebookId={notebookId} actions={actions} />
      {ended ? (
        <Button
          look="row"
          label={t('menu_dismiss')}
          small={t('menu_dismiss_hint')}
          pending={actions.pending?.kind === 'dismiss-run'}
          onClick={() => void dismiss()}
        />
      ) : null}
      <Button
        look="row"
        label={t('dashboard_open')}
        onClick={() => void actions.act({ kind: 'open-dashboard', notebookId })}
      />
      <Button look="row" label={t('health_open')} onClick={() => void actions.act({ kind: 'open-health' })} />
      <WaysList ways={waysOf(t, view.health)} />
    </section>
  );
};
