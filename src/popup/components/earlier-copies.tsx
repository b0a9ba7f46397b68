import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import type { RowButton } from '../view-model/action-button.ts';
import type { CopyLine, EarlierCopies as Earlier } from '../view-model/copy-lines.ts';
import { useWords } from '../words-context.ts';
import { CopyRow } from './copy-row.tsx';
import { RemoveQuestion } from './remove-question.tsx';

interface RemoveAllProps {
  readonly first: CopyLine;
  readonly all: readonly CopyLine[];
  readonly actions: Actions;
}

/** One after another, each as its own button would; one that is refused ends it there, and says why. */
const RemoveAll = ({ first, all, actions }: RemoveAllProps): JSX.Element => {
  const t = useWords();
  const [asks, setAsks] = useState(false);
  const remove = async (): Promise<void> => {
    setAsks(false);
    for (const line of all) if (!(await actions.act(line.remove.action))) return;
  };
  const button: RowButton = {
    label: t('copies_remove_all'),
    spokenLabel: t('copies_remove_all_label'),
    action: first.remove.action,
  };
  return asks ? (
    <RemoveQuestion
      remove={button}
      actions={actions}
      keep={() => setAsks(false)}
      onRemove={() => void remove()}
    />
  ) : (
    <button type="button" class="small-button" aria-label={button.spokenLabel} onClick={() => setAsks(true)}>
      {button.label}
    </button>
  );
};

interface EarlierCopiesProps {
  readonly earlier: Earlier;
  readonly actions: Actions;
}

/** What earlier runs left, with the room it takes. */
export const EarlierCopies = ({ earlier, actions }: EarlierCopiesProps): JSX.Element => {
  const { heading, lines, removable } = earlier;
  const [first] = removable;
  return (
    <section class="copies-of" aria-label={heading}>
      <h2>{heading}</h2>
      {first === undefined || removable.length < 2 ? null : (
        <div class="earlier-buttons">
          <RemoveAll first={first} all={removable} actions={actions} />
        </div>
      )}
      <ul class="copies">
        {lines.map((line) => (
          <CopyRow key={line.id} line={line} actions={actions} />
        ))}
      </ul>
    </section>
  );
};
