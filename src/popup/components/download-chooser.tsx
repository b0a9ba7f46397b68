import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Extent } from '../../protocol/home-view.ts';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { chosenOf } from '../view-model/chooser.ts';
import { canTakeLess } from '../view-model/takeable.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { Choices } from './choices.tsx';
import { ExtentChoice } from './extent-choice.tsx';
import { ZipFolderForm } from './zip-folder-form.tsx';

interface DownloadChooserProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

/** One, several or all checkpoints, whole or without the optimizer, into a zip or into this browser. */
export const DownloadChooser = ({ view, actions }: DownloadChooserProps): JSX.Element => {
  const t = useWords();
  const totalId = useId();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setExtent] = useState<Extent>('everything');
  const extent = canTakeLess(view) ? wanted : 'everything';
  /** What was asked for as it is chosen now. */
  const [asked, setAsked] = useState<'zip' | 'browser' | null>(null);
  const { choices, names, total } = chosenOf(t, view, ticked, extent);
  const tick = (changed: readonly string[], isTicked: boolean): void => {
    const others = [...ticked].filter((name) => !changed.includes(name));
    setTicked(new Set(isTicked ? [...others, ...changed] : others));
    setAsked(null);
  };
  const choose = (chosen: Extent): void => {
    setExtent(chosen);
    setAsked(null);
  };
  const action = (to: 'zip' | 'browser'): PopupAction => ({
    kind: 'bring-home',
    notebookId: view.notebookId,
    names,
    extent,
    to,
  });
  const ask = async (to: 'zip' | 'browser'): Promise<void> => {
    if (await actions.act(action(to))) setAsked(to);
  };
  const button = (to: 'zip' | 'browser', label: string): JSX.Element => (
    <Button
      look="quiet"
      label={label}
      resting={names.length === 0 || asked === to}
      pending={isPending(actions, action(to))}
      onClick={() => void ask(to)}
    />
  );
  return (
    <div class="chooser">
      <Choices legend={t('chooser_which')} choices={choices} tick={tick} />
      {canTakeLess(view) ? <ExtentChoice extent={extent} choose={choose} /> : null}
      <p class="chooser-total" id={totalId} aria-live="polite">
        {asked === null ? total : t('asked_see_above')}
      </p>
      <div class="button-row" role="group" aria-labelledby={totalId}>
        {button('zip', t('chooser_zip'))}
        {button('browser', t('chooser_keep'))}
      </div>
      <ZipFolderForm notebookId={view.notebookId} actions={actions} />
    </div>
  );
};
