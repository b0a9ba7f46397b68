import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';

const LONGEST_PATH = 1000;

interface FolderFormProps {
  readonly notebookId: string;
  readonly question: string | null;
  readonly actions: Actions;
  readonly whenDone?: () => void;
}

/** Asks where the run saves. */
export const FolderForm = ({ notebookId, question, actions, whenDone }: FolderFormProps): JSX.Element => {
  const t = useWords();
  const [path, setPath] = useState('');
  const [inputId, hintId] = [useId(), useId()];
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '') return;
    if (!(await actions.act({ kind: 'watch-folder', notebookId, path: path.trim() }))) return;
    actions.say(t('folder_done'));
    whenDone?.();
  };
  return (
    <form class="folder-form" onSubmit={(event) => void submit(event)}>
      {question === null ? null : <p>{question}</p>}
      <label for={inputId}>{t('folder_label')}</label>
      <div class="folder-input">
        <input
          id={inputId}
          type="text"
          value={path}
          maxLength={LONGEST_PATH}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={hintId}
          onInput={(event) => setPath(event.currentTarget.value)}
        />
        <Button
          look="quiet"
          type="submit"
          label={t('folder_button')}
          pending={actions.pending?.kind === 'watch-folder'}
        />
      </div>
      <p class="hint" id={hintId}>
        {t('folder_hint')}
      </p>
    </form>
  );
};
