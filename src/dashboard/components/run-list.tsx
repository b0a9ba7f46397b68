import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { useWords } from '../../popup/words-context.ts';
import { MOST_RUNS, type Slots } from '../model/slots.ts';
import { RunItem } from './run-item.tsx';

/** Runs that are listed at once; the older ones on request. */
const SHOWN = 30;

interface RunListProps {
  readonly runs: readonly HistoryRun[];
  /** Those that train now; `null`: not known yet. */
  readonly training: readonly string[] | null;
  readonly slots: Slots;
  readonly toggle: (runId: string) => void;
  readonly remove: (runId: string) => Promise<void>;
}

/** Every run with its line; the ticked ones are compared. */
export const RunList = ({ runs, training, slots, toggle, remove }: RunListProps): JSX.Element => {
  const t = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? runs : runs.slice(0, SHOWN);
  const heading = useRef<HTMLHeadingElement>(null);
  const removed = async (runId: string): Promise<void> => {
    await remove(runId);
    // What had the focus is gone.
    heading.current?.focus();
  };
  const isFull = !slots.includes(null);
  return (
    <section class="run-list card" aria-labelledby="runs-heading">
      <h2 id="runs-heading" ref={heading} tabIndex={-1}>
        {t('dashboard_runs')}
      </h2>
      <p>{isFull ? t('dashboard_runs_full', [String(MOST_RUNS)]) : t('dashboard_runs_hint')}</p>
      <ul>
        {shown.map((run) => (
          <RunItem
            key={run.id}
            run={run}
            isLive={training === null ? null : training.includes(run.id)}
            slot={slots.indexOf(run.id)}
            isFull={isFull}
            toggle={() => toggle(run.id)}
            remove={() => removed(run.id)}
          />
        ))}
      </ul>
      {shown.length < runs.length ? (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {t('dashboard_older', [String(runs.length - shown.length)])}
        </button>
      ) : null}
    </section>
  );
};
