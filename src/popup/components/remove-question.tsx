import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import type { RowButton } from '../view-model/action-button.ts';
import { useWords } from '../words-context.ts';
import { SmallButton } from './small-button.tsx';

interface QuestionProps {
  readonly remove: RowButton;
  readonly actions: Actions;
  readonly keep: () => void;
  /** In place of asking at once. */
  readonly onRemove?: () => void;
}

/** Removing cannot be undone. "Keep" stands where "Remove" was, so that a second click there does no harm. */
export const RemoveQuestion = ({ remove, actions, keep, onRemove }: QuestionProps): JSX.Element => {
  const t = useWords();
  const keepButton = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => keepButton.current?.focus(), []);
  return (
    <span
      class="copy-question"
      role="group"
      aria-label={t('copy_remove_question')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Otherwise the browser closes the whole popup.
        event.preventDefault();
        event.stopPropagation();
        keep();
      }}
    >
      <b>{t('copy_remove_question')}</b>
      <SmallButton
        button={remove}
        actions={actions}
        {...(onRemove === undefined ? {} : { onClick: onRemove })}
      />
      <button type="button" class="small-button" ref={keepButton} onClick={keep}>
        {t('copy_remove_no')}
      </button>
    </span>
  );
};
