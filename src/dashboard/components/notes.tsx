import type { JSX } from 'preact';
import { plural } from '../../popup/view-model/plural.ts';
import { useWords } from '../../popup/words-context.ts';

interface NotesProps {
  readonly notes: { readonly dropped: number; readonly setAside: number };
}

/** What happened to the history without anybody's click. */
export const Notes = ({ notes: { dropped, setAside } }: NotesProps): JSX.Element => {
  const t = useWords();
  return (
    <div role="status" class="notes">
      {dropped > 0 ? <p>{plural(t, 'dashboard_dropped', dropped)}</p> : null}
      {setAside > 0 ? <p>{plural(t, 'dashboard_set_aside', setAside)}</p> : null}
    </div>
  );
};
