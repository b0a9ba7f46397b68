import type { JSX } from 'preact';
import { isPending, type Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';

interface RestoreZipRowProps {
  readonly notebookId: string;
  readonly actions: Actions;
}

/** Opens the page that puts a downloaded zip back on the server. */
export const RestoreZipRow = ({ notebookId, actions }: RestoreZipRowProps): JSX.Element => {
  const t = useWords();
  const action = { kind: 'open-restore', notebookId } as const;
  return (
    <Button
      look="row"
      label={t('restore_zip')}
      pending={isPending(actions, action)}
      onClick={() => void actions.act(action)}
    />
  );
};
