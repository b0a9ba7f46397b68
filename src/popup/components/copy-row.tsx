import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import type { CopyLine } from '../view-model/copy-lines.ts';
import { useWords } from '../words-context.ts';
import { RemoveQuestion } from './remove-question.tsx';
import { SmallButton } from './small-button.tsx';

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
          <RemoveQuestion remove={line.remove} actions={actions} keep={() => setAsks(false)} />
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
