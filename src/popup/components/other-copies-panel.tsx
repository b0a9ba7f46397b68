import type { JSX } from 'preact';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { otherCopyGroups, othersHeading } from '../view-model/copy-lines.ts';
import { useWords } from '../words-context.ts';
import { CopyRow } from './copy-row.tsx';
import { Disclosure } from './disclosure.tsx';

interface OtherCopiesPanelProps {
  readonly view: NotebookView;
  readonly now: number;
  readonly actions: Actions;
}

/** What this browser keeps of other notebooks: the same one may have been opened at another address. */
export const OtherCopiesPanel = ({ view, now, actions }: OtherCopiesPanelProps): JSX.Element | null => {
  const t = useWords();
  const groups = otherCopyGroups(t, view, now).filter(({ lines }) => lines.length > 0);
  return groups.length === 0 ? null : (
    <Disclosure label={othersHeading(t, view.home)}>
      {groups.map(({ id, name, fullName, lines }) => (
        <section key={id} class="copies-of" aria-label={name}>
          <h2 title={fullName}>{name}</h2>
          <ul class="copies">
            {lines.map((line) => (
              <CopyRow key={line.id} line={line} actions={actions} />
            ))}
          </ul>
        </section>
      ))}
    </Disclosure>
  );
};
