import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { HistoryRun } from '../core/history/history-run.ts';
import { useWords } from '../popup/words-context.ts';
import type { HistoryDoor } from './history-door.ts';
import { ArgumentTable } from './components/argument-table.tsx';
import { CheckpointTable } from './components/checkpoint-table.tsx';
import { CurvePanel } from './components/curve-panel.tsx';
import { HistoryActions } from './components/history-actions.tsx';
import { Notes } from './components/notes.tsx';
import { RunList } from './components/run-list.tsx';
import type { Chosen } from './chart/lines.ts';
import { NO_SLOTS, onlyKnown, toggled, type Slots } from './model/slots.ts';
import { useCurves } from './use-curves.ts';
import { useHistory, type ReadHistory } from './use-history.ts';
import { NO_CURVES } from '../core/history/curves.ts';

interface DashboardAppProps {
  readonly door: HistoryDoor;
  /** The notebook it was opened from: its newest run is shown first. */
  readonly notebookId: string | null;
  readonly clock: () => number;
}

/** The runs of this browser beside each other: their curves, what differs, and their checkpoints. */
export const DashboardApp = ({ door, notebookId, clock }: DashboardAppProps): JSX.Element => {
  const t = useWords();
  const { state, readAgain } = useHistory(door, clock);
  if (state.kind !== 'read' || state.runs.length === 0)
    return (
      <main>
        <h1>{t('dashboard_heading')}</h1>
        <p>{t(EMPTY[state.kind])}</p>
        {state.kind === 'read' ? <Notes notes={state.notes} /> : null}
      </main>
    );
  return (
    <Comparison door={door} history={state} notebookId={notebookId} clock={clock} readAgain={readAgain} />
  );
};

const EMPTY = {
  reading: 'dashboard_reading',
  unreadable: 'dashboard_unreadable',
  read: 'dashboard_empty',
} as const;

interface ComparisonProps extends DashboardAppProps {
  readonly history: ReadHistory;
  readonly readAgain: () => void;
}

const Comparison = ({ door, history, notebookId, clock, readAgain }: ComparisonProps): JSX.Element => {
  const t = useWords();
  const { runs, fresh, notes } = history;
  const [slots, setSlots] = useState<Slots>(() => firstChoice(runs, notebookId));
  useEffect(() => setSlots((before) => onlyKnown(before, new Set(runs.map(({ id }) => id)))), [runs]);
  const chosenRuns = useMemo(() => chosenIn(runs, slots), [runs, slots]);
  const curves = useCurves(
    door,
    chosenRuns.map(({ run }) => run),
  );
  const chosen = useMemo(
    (): readonly Chosen[] =>
      chosenRuns.map(({ run, slot }) => ({ run, slot, curves: curves.get(run.id) ?? NO_CURVES })),
    [chosenRuns, curves],
  );
  const isRead = chosenRuns.every(({ run }) => curves.has(run.id));
  return (
    <main>
      <header class="page-head">
        <h1>{t('dashboard_heading')}</h1>
        <HistoryActions door={door} runs={runs} clock={clock} readAgain={readAgain} />
      </header>
      <Notes notes={notes} />
      <div class="columns">
        <RunList
          runs={runs}
          training={fresh?.training ?? null}
          slots={slots}
          toggle={(id) => setSlots((before) => toggled(before, id))}
          remove={async (id) => {
            await door.remove(id);
            readAgain();
          }}
        />
        <div class="compared">
          <CurvePanel chosen={chosen} isRead={isRead} />
          <ArgumentTable chosen={chosen} />
          <CheckpointTable chosen={chosen} copies={fresh?.copies ?? null} />
        </div>
      </div>
    </main>
  );
};

const firstChoice = (runs: readonly HistoryRun[], notebookId: string | null): Slots => {
  const first = runs.find((run) => run.notebookId === notebookId) ?? runs[0];
  return first === undefined ? NO_SLOTS : toggled(NO_SLOTS, first.id);
};

const chosenIn = (
  runs: readonly HistoryRun[],
  slots: Slots,
): readonly { readonly run: HistoryRun; readonly slot: number }[] =>
  slots.flatMap((id, slot) => {
    const run = runs.find((each) => each.id === id);
    return run === undefined ? [] : [{ run, slot }];
  });
