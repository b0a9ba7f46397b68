import type { JSX } from 'preact';

/** Says what became of the last action; always there, so that screen readers hear it change. */
export const Status = ({ message }: { readonly message: string | null }): JSX.Element => (
  <p class="status" role="status">
    {message}
  </p>
);
