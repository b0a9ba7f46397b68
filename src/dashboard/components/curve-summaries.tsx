import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { summaryOf } from '../../core/history/curve-summary.ts';
import { placeWords } from '../../popup/view-model/place-words.ts';
import { plural } from '../../popup/view-model/plural.ts';
import { spokenLoss } from '../../popup/view-model/quantities.ts';
import type { Translate } from '../../popup/translate.ts';
import { useWords } from '../../popup/words-context.ts';
import type { Line } from '../chart/chart-data.ts';

const TRENDS = {
  falls: 'dashboard_summary_falls',
  rises: 'dashboard_summary_rises',
  stays: 'dashboard_summary_stays',
} as const;

/** Each curve in a sentence, for those who do not see it, and for those who want the numbers. */
export const CurveSummaries = ({ lines }: { readonly lines: readonly Line[] }): JSX.Element => {
  const t = useWords();
  const sentences = useMemo(
    () => lines.filter(({ key }) => isTold(lines, key)).map((line) => sentenceOf(t, line)),
    [lines],
  );
  return (
    <details class="summaries" hidden={sentences.length === 0}>
      <summary>{t('dashboard_summaries')}</summary>
      <ul id="curve-summaries">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
};

/** Of a smoothed curve its raw values are told: they are what was logged. */
const isTold = (lines: readonly Line[], key: string): boolean =>
  !lines.some((other) => other.key === `${key} raw`);

const sentenceOf = (t: Translate, { label, series, unit }: Line): string => {
  const summary = summaryOf(series);
  if (summary === null) return t('dashboard_summary_none', [label]);
  const { first, last, best, trend, gaps } = summary;
  const sentence = t(TRENDS[trend], [
    label,
    spokenLoss(t, first.value),
    placeWords(t, { unit }, first.step),
    spokenLoss(t, last.value),
    placeWords(t, { unit }, last.step),
    spokenLoss(t, best.value),
    placeWords(t, { unit }, best.step),
  ]);
  return gaps === 0 ? sentence : `${sentence} ${plural(t, 'dashboard_summary_gaps', gaps)}`;
};
