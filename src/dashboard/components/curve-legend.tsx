import type { JSX } from 'preact';
import { useWords } from '../../popup/words-context.ts';
import type { Line } from '../chart/chart-data.ts';

interface CurveLegendProps {
  readonly lines: readonly Line[];
  readonly isShown: (line: Line) => boolean;
  readonly toggle: (line: Line) => void;
}

/** The names of the curves; each is a button that hides or shows its curve. */
export const CurveLegend = ({ lines, isShown, toggle }: CurveLegendProps): JSX.Element | null => {
  const t = useWords();
  if (lines.length === 0) return null;
  return (
    <ul class="legend" aria-label={t('dashboard_legend')}>
      {lines.map((line) => (
        <li key={line.key}>
          <button
            type="button"
            class={`quiet legend-item run-${line.slot + 1}`}
            aria-pressed={isShown(line)}
            onClick={() => toggle(line)}
          >
            <span class={line.kind === 'loss' ? 'stroke' : 'stroke dashed'} />
            {line.label}
          </button>
        </li>
      ))}
      <li class="legend-sign">{t('dashboard_legend_checkpoints')}</li>
    </ul>
  );
};
