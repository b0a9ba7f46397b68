import type { JSX } from 'preact';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { wordsOfRun } from '../../popup/view-model/run-line-words.ts';
import { useWords } from '../../popup/words-context.ts';
import { lineOfRun } from '../../run-line/run-line-geometry.ts';
import { RunLine } from '../../run-line/run-line.tsx';
import { AskedList } from './asked-list.tsx';
import { DeleteButton } from './delete-button.tsx';
import { lineEnding, runWords } from '../model/run-words.ts';

interface RunItemProps {
  readonly run: HistoryRun;
  readonly isLive: boolean | null;
  /** -1: it is not compared. */
  readonly slot: number;
  readonly isFull: boolean;
  readonly toggle: () => void;
  readonly remove: () => Promise<void>;
}

/** A run: whether it is compared, how it ended, its line. */
export const RunItem = ({ run, isLive, slot, isFull, toggle, remove }: RunItemProps): JSX.Element => {
  const t = useWords();
  const { title, ending, tone, extent, before } = runWords(t, run, isLive);
  const end = lineEnding(run, isLive);
  const line = lineOfRun(run, end);
  const isChosen = slot !== -1;
  return (
    <li class={isChosen ? `run-item run-${slot + 1}` : 'run-item'}>
      <div class="run-head">
        <label>
          <input type="checkbox" checked={isChosen} disabled={isFull && !isChosen} onChange={toggle} />
          {isChosen ? <b class="run-number">{slot + 1}</b> : null}
          <span class="run-title">{title}</span>
        </label>
        <DeleteButton
          small
          label={t('dashboard_remove')}
          spokenLabel={t('dashboard_remove_label', [title])}
          act={remove}
        />
      </div>
      <p class="run-facts">
        <span class={`tone-${tone}`}>{ending}</span> · {extent}
        {before === null ? null : ` · ${before}`}
      </p>
      <AskedList run={run} />
      {line === null ? null : <RunLine line={line} label={wordsOfRun(t, run, end.kind)} />}
    </li>
  );
};
