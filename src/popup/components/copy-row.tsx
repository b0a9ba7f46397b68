import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import type { RowButton } from '../view-model/action-button.ts';
import type { CopyLine } from '../view-model/copy-lines.ts';
import { useWords } from '../words-context.ts';
import { SmallButton } from './small-button.tsx';

interface QuestionProps {
  readonly remove: RowButton;
  readonly actions: Actions;
  readonly keep: () => void;
}

/** Removing cannot be undone. "Keep" stands where "Remove" was, so that a second click there does no harm. */
const Question = ({ remove, actions, keep }: QuestionProps): JSX.Element => {
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
      <SmallButton button={remove} actions={actions} />
      <button type="button" class="small-button" ref={keepButton} onClick={keep}>
        {t('copy_remove_no')}
      </button>
    </span>
  );
};

/** One copy: what it is, and what can be done with it. */
export const CopyRow = ({
  line,
  actions,
}: {
  readonly line: CopyLine;
  readonly actions: Actions;
}): JSX.Element => {
  const t = useWords();
  const [asks, setAsks] = useState(false);
  const asked = useRef(false);
  const removeButton = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!asks && asked.current) removeButton.current?.focus();
    asked.current = asks;
  }, [asks]);
  return (
    <li class="checkpoint copy">
      <i class={`dot ${line.dot}`} aria-hidden="true" />
      <span class="checkpoint-name" title={line.fullName}>
        {line.name}
      </span>
      <span class="checkpoint-size">{line.size}</span>
      <small class="checkpoint-details wide">{line.details}</small>
      {line.goesTo === null ? null : <small class="checkpoint-details copy-goes-to">{line.goesTo}</small>}
      <div class="copy-buttons">
        {asks ? (
          <Question remove={line.remove} actions={actions} keep={() => setAsks(false)} />
        ) : (
          <>
            {line.underWay ? (
              <small class="copy-under-way">{t('checkpoint_under_way')}</small>
            ) : (
              [line.goOn, line.download, line.restore].map((button) =>
                button === null ? null : (
                  <SmallButton key={button.spokenLabel} button={button} actions={actions} />
                ),
              )
            )}
            <SmallButton
              button={line.remove}
              actions={actions}
              onClick={() => setAsks(true)}
              buttonRef={removeButton}
            />
          </>
        )}
      </div>
    </li>
  );
};
