import type { JSX } from 'preact';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { storageLine } from '../view-model/storage-line.ts';
import { useWords } from '../words-context.ts';

/** What is taken and free on the machine. What is kept in this browser has a row of its own. */
export const StorageRow = ({ view }: { readonly view: NotebookView }): JSX.Element | null => {
  const t = useWords();
  const line = storageLine(t, view);
  return line === null ? null : (
    <p class="storage">
      {line.text}
      {line.trouble === null ? null : <strong class="storage-trouble"> {line.trouble}</strong>}
    </p>
  );
};
