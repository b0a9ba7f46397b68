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
  /** Name of the text box, for screen readers. */
  readonly label: string;
  /** The right next thing of all, or one of many. */
  readonly look: 'main' | 'quiet';
  readonly actions: Actions;
}

/** A cell as text, for pages where nothing can be inserted. */
export const CopyCell = ({ text, label, look, actions }: CopyCellProps): JSX.Element => {
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
        <Button look={look} label={t('copy_button')} onClick={() => void copy()} />
      </div>
    </>
  );
};
