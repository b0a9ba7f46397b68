import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../../popup/words-context.ts';

interface DeleteButtonProps {
  readonly label: string;
  /** For screen readers, where the label alone does not say what goes. */
  readonly spokenLabel?: string;
  /** Said beside the answers. */
  readonly question?: string;
  readonly small?: boolean;
  readonly act: () => Promise<void>;
}

/** Asks once more in its own place: what is deleted does not come back. The keyboard follows to the answer that does no harm. */
export const DeleteButton = ({
  label,
  spokenLabel,
  question,
  small = false,
  act,
}: DeleteButtonProps): JSX.Element => {
  const t = useWords();
  const [asks, setAsks] = useState(false);
  const was = useRef(false);
  const keep = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asks) keep.current?.focus();
    else if (was.current) first.current?.focus();
    was.current = asks;
  }, [asks]);
  const size = small ? ' small' : '';
  if (!asks)
    return (
      <button
        ref={first}
        type="button"
        class={`quiet${size}`}
        aria-label={spokenLabel}
        onClick={() => setAsks(true)}
      >
        {label}
      </button>
    );
  return (
    <span
      class="question"
      role="group"
      aria-label={spokenLabel ?? label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsks(false);
      }}
    >
      {question === undefined ? null : <span>{question}</span>}
      <button type="button" class={`danger${size}`} onClick={() => void act()}>
        {t('dashboard_remove_yes')}
      </button>
      <button ref={keep} type="button" class={`quiet${size}`} onClick={() => setAsks(false)}>
        {t('dashboard_remove_no')}
      </button>
    </span>
  );
};
