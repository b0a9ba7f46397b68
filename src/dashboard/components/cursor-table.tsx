import type { JSX } from 'preact';
import { nearest } from '../../core/history/series.ts';
import { placeWords } from '../../popup/view-model/place-words.ts';
import { spokenLoss } from '../../popup/view-model/quantities.ts';
import { useWords } from '../../popup/words-context.ts';
import type { Line } from '../chart/chart-data.ts';

interface CursorTableProps {
  readonly lines: readonly Line[];
  /** `null`: the cursor is not over the chart. */
  readonly step: number | null;
}

/** The values under the cursor as text. It keeps its height, so that nothing below it moves. */
export const CursorTable = ({ lines, step }: CursorTableProps): JSX.Element | null => {
  const t = useWords();
  const named = lines.filter(({ faint }) => !faint);
  if (named.length === 0) return null;
  return (
    <table class="cursor-table">
      <caption aria-live="polite">
        {step === null
          ? t('dashboard_cursor_none')
          : t('dashboard_cursor', [placeWords(t, named[0] ?? { unit: 'steps' }, Math.round(step))])}
      </caption>
      <tbody>
        {named.map((line) => {
          const point = step === null ? null : nearest(line.series, step);
          return (
            <tr key={line.key} class={`run-${line.slot + 1}`}>
              <th scope="row">{line.label}</th>
              <td class="number">{point === null ? t('dashboard_not_known') : spokenLoss(t, point.value)}</td>
              <td class="number soft">
                {point === null ? t('dashboard_not_known') : placeWords(t, line, point.step)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
