import type { JSX, Ref } from 'preact';
import { isPending, type Actions } from '../use-actions.ts';
import type { RowButton } from '../view-model/action-button.ts';

interface SmallButtonProps {
  readonly button: RowButton;
  readonly actions: Actions;
  /** In place of asking at once. */
  readonly onClick?: () => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

/** A button inside a row; screen readers hear what it is about. Like every button here it is never `disabled`. */
export const SmallButton = ({ button, actions, onClick, buttonRef }: SmallButtonProps): JSX.Element => {
  const pending = isPending(actions, button.action);
  const act = onClick ?? ((): void => void actions.act(button.action));
  return (
    <button
      type="button"
      class="small-button"
      ref={buttonRef ?? null}
      aria-label={button.spokenLabel}
      aria-busy={pending}
      aria-disabled={pending}
      onClick={() => {
        if (!pending) act();
      }}
    >
      {button.label}
    </button>
  );
};
