import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';

const selectText = (element: HTMLElement): void => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
};

interface CopyCellProps {
  readonly text: string;
  /** Name of the text, for screen readers. */
  readonly label: string;
  readonly button: string;
  /** The right next thing of all, or one of many. */
  readonly look: 'main' | 'quiet';
  readonly actions: Actions;
}

/** What would have been inserted as text, for pages where nothing can be. */
export const CopyCell = ({ text, label, button, look, actions }: CopyCellProps): JSX.Element => {
  const t = useWords();
  const pre = useRef<HTMLPreElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      actions.say(t('copied'));
    } catch {
      if (pre.current !== null) {
        selectText(pre.current);
        pre.current.focus();
      }
      actions.say(t('copy_by_hand'));
    }
  };
  return (
    <>
      {/* Focusable, because a long line has to be scrolled without a mouse too. */}
      <pre class="cell-text" ref={pre} tabIndex={0} role="region" aria-label={label}>
        {text}
      </pre>
      <div class="button-row">
        <Button look={look} label={button} onClick={() => void copy()} />
      </div>
    </>
  );
};
