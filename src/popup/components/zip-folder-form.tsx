import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';

const LONGEST_PATH = 1000;

interface ZipFolderFormProps {
  readonly notebookId: string;
  readonly actions: Actions;
  readonly whenDone?: () => void;
}

/** Any folder of the server into a zip. */
export const ZipFolderForm = ({ notebookId, actions, whenDone }: ZipFolderFormProps): JSX.Element => {
  const t = useWords();
  const [path, setPath] = useState('');
  const [asked, setAsked] = useState(false);
  const [inputId, hintId] = [useId(), useId()];
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '') return;
    if (!(await actions.act({ kind: 'zip-folder', notebookId, path: path.trim() }))) return;
    setPath('');
    setAsked(true);
    whenDone?.();
  };
  return (
    <form class="folder-form" onSubmit={(event) => void submit(event)}>
      <label for={inputId}>{t('zip_folder_label')}</label>
      <div class="folder-input">
        <input
          id={inputId}
          type="text"
          value={path}
          maxLength={LONGEST_PATH}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={hintId}
          onInput={(event) => {
            setPath(event.currentTarget.value);
            setAsked(false);
          }}
        />
        <Button
          look="quiet"
          type="submit"
          label={t('zip_folder_button')}
          pending={actions.pending?.kind === 'zip-folder'}
        />
      </div>
      <p class="hint" id={hintId} aria-live="polite">
        {t(asked ? 'asked_see_above' : 'folder_hint')}
      </p>
    </form>
  );
};
