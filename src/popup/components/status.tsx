import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Says what became of the last action; always there, so that screen readers hear it change. */
export const Status = ({ message }: { readonly message: string | null }): JSX.Element => {
  const line = useRef<HTMLParagraphElement>(null);
  // What was clicked can be far below.
  useEffect(() => {
    if (message !== null) line.current?.scrollIntoView({ block: 'nearest' });
  }, [message]);
  return (
    <p class="status" role="status" ref={line}>
      {message}
    </p>
  );
};
