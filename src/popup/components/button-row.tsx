import type { JSX } from 'preact';
import { isPending, type Actions } from '../use-actions.ts';
import type { ActionButton } from '../view-model/action-button.ts';
import type { ButtonPair } from '../view-model/buttons.ts';
import { Button } from './button.tsx';

interface ButtonRowProps {
  readonly buttons: ButtonPair;
  readonly actions: Actions;
}

/** The main button and at most one beside it. */
export const ButtonRow = ({ buttons, actions }: ButtonRowProps): JSX.Element | null => {
  if (buttons.main === null && buttons.beside === null) return null;
  const draw = (button: ActionButton | null, look: 'main' | 'quiet'): JSX.Element | null =>
    button === null ? null : (
      <Button
        key={look}
        look={button.look ?? look}
        label={button.label}
        small={button.small}
        pending={isPending(actions, button.action)}
        resting={button.resting ?? false}
        onClick={() => void actions.act(button.action)}
      />
    );
  return (
    <div class="button-row">
      {draw(buttons.main, 'main')}
      {draw(buttons.beside, 'quiet')}
    </div>
  );
};
