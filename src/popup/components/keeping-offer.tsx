import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Extent } from '../../protocol/home-view.ts';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { offerWords } from '../view-model/keeping-words.ts';
import { canTakeLess } from '../view-model/takeable.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { KeepingExtent } from './keeping-extent.tsx';

interface KeepingOfferProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

/** Whether copies of each checkpoint are to be kept in this browser: asked once, answered by one click. */
export const KeepingOffer = ({ view, actions }: KeepingOfferProps): JSX.Element | null => {
  const t = useWords();
  const heading = useId();
  const [wanted, setExtent] = useState<Extent>('everything');
  const extent = canTakeLess(view) ? wanted : 'everything';
  const words = offerWords(t, view);
  if (words === null) return null;
  const answer = (on: boolean): PopupAction => ({
    kind: 'change-keeping',
    notebookId: view.notebookId,
    on,
    extent,
    paused: false,
    mostBytesPerSecond: null,
  });
  const button = (on: boolean, label: string): JSX.Element => (
    <Button
      look="quiet"
      label={label}
      pending={isPending(actions, answer(on))}
      onClick={() => void actions.act(answer(on))}
    />
  );
  return (
    <section class="offer" aria-labelledby={heading}>
      <h2 class="offer-question" id={heading}>
        {t('keeping_question')}
      </h2>
      {words.lines.map((line) => (
        <p key={line} class="hint">
          {line}
        </p>
      ))}
      {canTakeLess(view) ? (
        <KeepingExtent
          extent={extent}
          everything={words.everything}
          inference={words.inference}
          choose={setExtent}
        />
      ) : null}
      <div class="button-row">
        {button(true, t('keeping_yes'))}
        {button(false, t('keeping_no'))}
      </div>
    </section>
  );
};
