import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { AskingView } from '../../protocol/asking-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { askingPromise } from '../view-model/asking-words.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { CopyCell } from './copy-cell.tsx';
import { Disclosure } from './disclosure.tsx';
import { KernelCode } from './kernel-code.tsx';
import { SmallButton } from './small-button.tsx';

interface AskingPartProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

interface OfferProps {
  readonly notebookId: string;
  /** The cell to copy, where the page takes none. */
  readonly copyText: string | null;
  readonly actions: Actions;
}

/** What the cell does and what it loads, and the button that puts it in or shows it. */
const Offer = ({ notebookId, copyText, actions }: OfferProps): JSX.Element => {
  const t = useWords();
  const [shown, setShown] = useState(false);
  const action = { kind: copyText === null ? 'apply-asking' : 'prepare-asking', notebookId } as const;
  const carryOut = async (): Promise<void> => {
    if (!(await actions.act(action))) return;
    if (copyText === null) actions.say(t('asking_said'));
    else setShown(true);
  };
  if (shown && copyText !== null)
    return (
      <>
        <p class="hint">{t('asking_copy')}</p>
        <CopyCell
          text={copyText}
          label={t('asking_text_label')}
          button={t('copy_button')}
          look="main"
          actions={actions}
        />
      </>
    );
  return (
    <>
      <p class="hint">{t(copyText === null ? 'asking_what' : 'asking_what_copy')}</p>
      <Disclosure label={t('asking_code_open')}>
        <KernelCode />
      </Disclosure>
      <div class="button-row">
        <Button
          look="quiet"
          label={t(copyText === null ? 'asking_insert_button' : 'asking_show_button')}
          pending={isPending(actions, action)}
          onClick={() => void carryOut()}
        />
      </div>
    </>
  );
};

interface InsertedProps {
  readonly ran: boolean;
  readonly notebookId: string;
  readonly actions: Actions;
}

const Inserted = ({ ran, notebookId, actions }: InsertedProps): JSX.Element => {
  const t = useWords();
  const label = `${t('undo_button')}: ${t('asking_open')}`;
  return (
    <div class="save-line asking-line">
      <p>{t(ran ? 'asking_ran' : 'asking_inserted')}</p>
      <SmallButton
        button={{ label: t('undo_button'), spokenLabel: label, action: { kind: 'undo-asking', notebookId } }}
        actions={actions}
      />
    </div>
  );
};

/** A click has shown that no socket reaches the kernel: asked in the open. */
const Question = (props: OfferProps): JSX.Element => {
  const t = useWords();
  const heading = useId();
  return (
    <section class="offer" aria-labelledby={heading}>
      <h2 class="offer-question" id={heading}>
        {t('asking_open')}
      </h2>
      <p class="hint">{t('asking_why')}</p>
      <Offer {...props} />
    </section>
  );
};

/** That this run can be asked for saves while it trains, or how that becomes possible where it is known that it is not. */
export const AskingPart = ({ view, actions }: AskingPartProps): JSX.Element | null => {
  const t = useWords();
  const { asking, notebookId } = view;
  if (asking === null) return null;
  const promise = askingPromise(t, view);
  if (asking.inserted !== null)
    return <Inserted ran={asking.inserted.ran} notebookId={notebookId} actions={actions} />;
  if (asking.door === 'refused' && asking.canBeAsked)
    return <p class="hint asking-line">{t('asking_ran')}</p>;
  if (asking.door === 'refused' && canOffer(asking))
    return <Question notebookId={notebookId} copyText={asking.copyText} actions={actions} />;
  return promise === null ? null : <p class="hint asking-line">{promise}</p>;
};

const canOffer = ({ canInsert, copyText }: AskingView): boolean => canInsert || copyText !== null;

const canStillOffer = (asking: AskingView): boolean =>
  canOffer(asking) && asking.inserted === null && asking.door !== 'refused';

/** The same as a row among the others, where nothing is known to stand in the way. */
export const AskingRow = ({ view, actions }: AskingPartProps): JSX.Element | null => {
  const t = useWords();
  const { asking, notebookId, state } = view;
  if (asking === null || state.kind === 'training' || !canStillOffer(asking)) return null;
  return (
    <Disclosure label={t('asking_open')}>
      <div class="settings">
        <Offer notebookId={notebookId} copyText={asking.copyText} actions={actions} />
      </div>
    </Disclosure>
  );
};
