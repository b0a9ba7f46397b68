import type { JSX } from 'preact';

interface ButtonProps {
  readonly label: string;
  readonly small?: string | null;
  readonly look: 'main' | 'quiet' | 'row';
  readonly pending?: boolean;
  /** It keeps its place and does nothing for now. */
  readonly resting?: boolean;
  readonly type?: 'button' | 'submit';
  readonly onClick?: () => void;
}

/**
 * A button that keeps its place and its words while it works: a thin bar moves along its lower edge.
 * It is never `disabled`, so that the keyboard does not lose it.
 */
export const Button = ({
  label,
  small = null,
  look,
  pending = false,
  resting = false,
  type = 'button',
  onClick,
}: ButtonProps): JSX.Element => (
  <button
    type={type}
    class={`button ${look}`}
    aria-busy={pending}
    aria-disabled={pending || resting}
    onClick={(event) => {
      if (pending || resting) event.preventDefault();
      else onClick?.();
    }}
  >
    <span class="button-label">{label}</span>
    {small === null ? null : <small>{small}</small>}
  </button>
);
