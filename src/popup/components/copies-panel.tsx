import type { JSX } from 'preact';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { copiesHeading, copyLines, earlierCopies } from '../view-model/copy-lines.ts';
import { useWords } from '../words-context.ts';
import { CopyRow } from './copy-row.tsx';
import { Disclosure } from './disclosure.tsx';
import { EarlierCopies } from './earlier-copies.tsx';
import { RestoreZipRow } from './restore-zip-row.tsx';

interface CopiesPanelProps {
  readonly view: NotebookView;
  readonly now: number;
  readonly actions: Actions;
}

/** What this browser keeps of the notebook, whatever became of its machine. */
export const CopiesPanel = ({ view, now, actions }: CopiesPanelProps): JSX.Element | null => {
  const t = useWords();
  const lines = copyLines(t, view, now);
  const earlier = earlierCopies(t, view, now);
  return view.home.copies.length === 0 ? null : (
    <Disclosure label={copiesHeading(t, view.home)}>
      {lines.length === 0 ? null : (
        <ul class="copies">
          {lines.map((line) => (
            <CopyRow key={line.id} line={line} actions={actions} />
          ))}
        </ul>
      )}
      {earlier === null ? null : <EarlierCopies earlier={earlier} actions={actions} />}
      <RestoreZipRow notebookId={view.notebookId} actions={actions} />
    </Disclosure>
  );
};
