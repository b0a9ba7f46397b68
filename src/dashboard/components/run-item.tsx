import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { wordsOfRun } from '../../popup/view-model/run-line-words.ts';
import { useWords } from '../../popup/words-context.ts';
import { lineOfRun } from '../../run-line/run-line-geometry.ts';
import { RunLine } from '../../run-line/run-line.tsx';
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
        <RemoveButton title={title} remove={remove} />
      </div>
      <p class="run-facts">
        <span class={`tone-${tone}`}>{ending}</span> · {extent}
        {before === null ? null : ` · ${before}`}
      </p>
      {line === null ? null : <RunLine line={line} label={wordsOfRun(t, run, end.kind)} />}
    </li>
  );
};

interface RemoveProps {
  readonly title: string;
  readonly remove: () => Promise<void>;
}

/** Asks once more in its own place: what is deleted does not come back. */
const RemoveButton = ({ title, remove }: RemoveProps): JSX.Element => {
  const t = useWords();
  const [asks, setAsks] = useState(false);
  if (!asks)
    return (
      <button
        type="button"
        class="quiet small"
        aria-label={t('dashboard_remove_label', [title])}
        onClick={() => setAsks(true)}
      >
        {t('dashboard_remove')}
      </button>
    );
  return (
    <span class="question">
      <button type="button" class="danger small" onClick={() => void remove()}>
        {t('dashboard_remove_yes')}
      </button>
      <button type="button" class="quiet small" onClick={() => setAsks(false)}>
        {t('dashboard_remove_no')}
      </button>
    </span>
  );
};
