import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { AskingView } from '../../protocol/asking-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { askingPromise } from '../view-model/asking-words.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { Disclosure } from './disclosure.tsx';
import { KernelCode } from './kernel-code.tsx';
import { SmallButton } from './small-button.tsx';

interface AskingPartProps {
  readonly view: NotebookView;
  readonly actions: Actions;
}

interface OfferProps {
  readonly notebookId: string;
  readonly actions: Actions;
}

/** What the cell does and what it loads, and the button that puts it in. */
const Offer = ({ notebookId, actions }: OfferProps): JSX.Element => {
  const t = useWords();
  const action = { kind: 'apply-asking', notebookId } as const;
  const insert = async (): Promise<void> => {
    if (await actions.act(action)) actions.say(t('asking_said'));
  };
  return (
    <>
      <p class="hint">{t('asking_what')}</p>
      <Disclosure label={t('asking_code_open')}>
        <KernelCode />
      </Disclosure>
      <div class="button-row">
        <Button
          look="quiet"
          label={t('asking_insert_button')}
          pending={isPending(actions, action)}
          onClick={() => void insert()}
        />
      </div>
    </>
  );
};

const Inserted = ({ ran, notebookId, actions }: OfferProps & { readonly ran: boolean }): JSX.Element => {
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
  if (asking.door === 'refused' && asking.canInsert)
    return <Question notebookId={notebookId} actions={actions} />;
  return promise === null ? null : <p class="hint asking-line">{promise}</p>;
};

const canStillInsert = ({ door, canInsert, inserted }: AskingView): boolean =>
  canInsert && inserted === null && door !== 'refused';

/** The same as a row among the others, where nothing is known to stand in the way. */
export const AskingRow = ({ view, actions }: AskingPartProps): JSX.Element | null => {
  const t = useWords();
  const { asking, notebookId, state } = view;
  if (asking === null || state.kind === 'training' || !canStillInsert(asking)) return null;
  return (
    <Disclosure label={t('asking_open')}>
      <div class="saving">
        <Offer notebookId={notebookId} actions={actions} />
      </div>
    </Disclosure>
  );
};
