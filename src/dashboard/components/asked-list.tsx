import type { JSX } from 'preact';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { useWords } from '../../popup/words-context.ts';
import { askedWords } from '../model/asked-words.ts';

/** Longer than this it would push the other runs away; the export has all of it. */
const MOST_SHOWN = 5;

/** What was changed in a run while it went on, on its user's wish; the newest of it. */
export const AskedList = ({ run }: { readonly run: Pick<HistoryRun, 'asked'> }): JSX.Element | null => {
  const t = useWords();
  const asked = (run.asked ?? []).slice(-MOST_SHOWN);
  if (asked.length === 0) return null;
  return (
    <ul class="run-asked" aria-label={t('dashboard_asked_label')}>
      {asked.map((change, index) => (
        // oxlint-disable-next-line no-array-index-key -- two may be of one moment, and none ever moves
        <li key={index}>{askedWords(t, change)}</li>
      ))}
    </ul>
  );
};
