import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { firstUsable, restoreFirst, usableChoices } from '../view-model/usable.ts';
import { useButton, useLines, type UseLine } from '../view-model/use-words.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { Choices } from './choices.tsx';
import { CopyCell } from './copy-cell.tsx';
import { SmallButton } from './small-button.tsx';

interface UsePanelProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

/** What became of a cell that was asked for: a line, with Undo, or its text to be copied. */
const Outcome = ({ line, actions }: { readonly line: UseLine; readonly actions: Actions }): JSX.Element => {
  const t = useWords();
  return (
    <>
      <div class="use-outcome">
        <p class={line.trouble ? 'cell-line trouble' : 'cell-line'}>{line.line}</p>
        {line.undo === null ? null : <SmallButton button={line.undo} actions={actions} />}
      </div>
      {line.copyText === null ? null : (
        <CopyCell
          text={line.copyText}
          label={line.label}
          button={t('copy_button')}
          look="quiet"
          actions={actions}
        />
      )}
    </>
  );
};

/** One checkpoint to load or several to compare, each by a cell that is put into the notebook and that the user runs. */
export const UsePanel = ({ view, actions }: UsePanelProps): JSX.Element => {
  const t = useWords();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(firstUsable(view));
  const choices = usableChoices(t, view, ticked);
  const names = choices.filter((choice) => choice.ticked).map(({ name }) => name);
  const tick = (changed: readonly string[], isTicked: boolean): void => {
    const others = [...ticked].filter((name) => !changed.includes(name));
    setTicked(new Set(isTicked ? [...others, ...changed] : others));
  };
  const button = useButton(t, view.notebookId, names);
  const first = restoreFirst(t, view);
  return (
    <div class="chooser">
      <Choices legend={t('use_which')} choices={choices} tick={tick} />
      {first === null ? null : <p class="hint">{first}</p>}
      <div class="button-row">
        <Button
          look="quiet"
          label={button.label}
          small={button.small}
          resting={button.resting ?? false}
          pending={isPending(actions, button.action)}
          onClick={() => void actions.act(button.action)}
        />
      </div>
      {view.state.kind === 'training' ? <p class="hint">{t('use_waits')}</p> : null}
      <div aria-live="polite">
        {useLines(t, view).map((line) => (
          <Outcome key={line.line} line={line} actions={actions} />
        ))}
      </div>
    </div>
  );
};
