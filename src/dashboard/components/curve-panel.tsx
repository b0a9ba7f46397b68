import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { useWords } from '../../popup/words-context.ts';
import { linesOf, marksOf, type Chosen } from '../chart/lines.ts';
import type { Line } from '../chart/chart-data.ts';
import type { CurveChart } from '../chart/curve-chart.ts';
import { titleOf } from '../model/run-words.ts';
import { useCurveChart } from '../use-curve-chart.ts';
import { CurveControls } from './curve-controls.tsx';
import { CurveLegend } from './curve-legend.tsx';
import { CurveSummaries } from './curve-summaries.tsx';
import { CursorTable } from './cursor-table.tsx';

interface CurvePanelProps {
  readonly chosen: readonly Chosen[];
  /** Whether the curves of all of them were read. */
  readonly isRead: boolean;
}

/** The curves, large: over each other, with their checkpoints on them. */
export const CurvePanel = ({ chosen, isRead }: CurvePanelProps): JSX.Element => {
  const t = useWords();
  const host = useRef<HTMLDivElement>(null);
  const [log, setLog] = useState(false);
  const [smooth, setSmooth] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const label = (run: HistoryRun, slot: number, kind: Line['kind']): string =>
    t(kind === 'loss' ? 'dashboard_line_loss' : 'dashboard_line_eval_loss', [
      String(slot + 1),
      titleOf(t, run),
    ]);
  const all = useMemo(() => linesOf(chosen, smooth, label), [chosen, smooth]);
  const lines = useMemo(() => all.filter((line) => !hidden.has(legendKey(line))), [all, hidden]);
  const picture = useMemo(
    () => ({ lines, marks: marksOf(chosen, lines), log, locale: t('ui_locale') }),
    [chosen, lines, log],
  );
  const { chart, cursor, isZoomed } = useCurveChart(host, picture);
  const toggle = (line: Line): void =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(legendKey(line))) after.add(legendKey(line));
      return after;
    });
  return (
    <section class="card curve-panel" aria-labelledby="curves-heading">
      <h2 id="curves-heading">{t('dashboard_curves')}</h2>
      <CurveControls
        {...{ log, setLog, smooth, setSmooth, isZoomed, chart, host, lines, chosen }}
        title={t('dashboard_curves')}
      />
      <CurveLegend
        lines={all.filter(({ faint }) => !faint)}
        isShown={(line) => !hidden.has(legendKey(line))}
        toggle={toggle}
      />
      {chosen.length === 0 ? <p class="empty">{t('dashboard_choose')}</p> : null}
      {chosen.length > 0 && isRead && all.length === 0 ? (
        <p class="empty">{t('dashboard_no_losses')}</p>
      ) : null}
      <div
        ref={host}
        class="chart"
        role="group"
        tabIndex={0}
        aria-label={t('dashboard_chart_label')}
        aria-describedby="curve-keys curve-summaries"
        hidden={lines.length === 0}
        onKeyDown={(event) => steer(chart.current, event)}
      />
      <p id="curve-keys" class="hint" hidden={lines.length === 0}>
        {t('dashboard_chart_keys')}
      </p>
      <CursorTable lines={lines} step={cursor} />
      <CurveSummaries lines={all} />
    </section>
  );
};

const legendKey = ({ runId, kind }: Line): string => `${runId} ${kind}`;

/** The chart by its keys: arrows move the cursor, plus and minus zoom around it, 0 shows all. */
const steer = (chart: CurveChart | null, event: KeyboardEvent): void => {
  if (chart === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const share = event.shiftKey ? 0.1 : 0.01;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => chart.moveCursor(-share),
    ArrowRight: () => chart.moveCursor(share),
    Home: () => chart.moveCursor(-1),
    End: () => chart.moveCursor(1),
    '+': () => chart.zoomBy(0.5),
    '=': () => chart.zoomBy(0.5),
    '-': () => chart.zoomBy(2),
    '0': () => chart.zoomTo(null),
  };
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
};
