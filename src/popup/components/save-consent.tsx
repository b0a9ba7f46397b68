import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { SaveWish } from '../../core/reach/asked-save.ts';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { consentWords } from '../view-model/save-words.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { Disclosure } from './disclosure.tsx';
import { KernelCode } from './kernel-code.tsx';

interface SaveConsentProps {
  readonly notebookId: string;
  readonly wish: SaveWish;
  readonly actions: Actions;
}

/** What will run in the kernel, shown before it does for the first time on a notebook. */
export const SaveConsent = ({ notebookId, wish, actions }: SaveConsentProps): JSX.Element => {
  const t = useWords();
  const heading = useId();
  const { yes, what } = consentWords(t, wish);
  const answer = (isYes: boolean): PopupAction => ({ kind: 'answer-save', notebookId, yes: isYes });
  const button = (isYes: boolean, label: string): JSX.Element => (
    <Button
      look={isYes ? 'main' : 'quiet'}
      label={label}
      pending={isPending(actions, answer(isYes))}
      onClick={() => void actions.act(answer(isYes))}
    />
  );
  return (
    <section class="offer" aria-labelledby={heading}>
      <h2 class="offer-question" id={heading}>
        {t('save_consent_question')}
      </h2>
      <p class="hint">{what}</p>
      <p class="hint">{t('save_consent_manners')}</p>
      <Disclosure label={t('save_code_open')}>
        <KernelCode />
      </Disclosure>
      <div class="button-row">
        {button(true, yes)}
        {button(false, t('save_consent_no'))}
      </div>
    </section>
  );
};
