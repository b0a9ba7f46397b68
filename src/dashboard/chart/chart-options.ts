import type uPlot from 'uplot';
import type { Line } from './chart-data.ts';
import type { Palette } from './palette.ts';

const FAINT = 0.35;

interface Look {
  readonly width: number;
  readonly height: number;
  readonly log: boolean;
  readonly locale: string;
  readonly palette: Palette;
}

/** How the library is to draw: no legend and no zoom of its own, both are ours. */
export const chartOptions = (
  lines: readonly Line[],
  look: Look,
  hooks: uPlot.Hooks.Arrays,
): uPlot.Options => {
  const { palette, locale, log } = look;
  const numbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 });
  const axis: uPlot.Axis = {
    stroke: palette.soft,
    font: palette.font,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line, width: 1 },
    values: (_chart, splits) => splits.map((split) => (split === null ? '' : numbers.format(split))),
  };
  return {
    width: look.width,
    height: look.height,
    padding: [12, 24, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      bind: { dblclick: () => null },
    },
    scales: { x: { time: false }, y: log ? { distr: 3 } : {} },
    axes: [axis, { ...axis, size: 64 }],
    series: [{}, ...lines.map((line) => seriesOf(line, palette))],
    hooks,
  };
};

const seriesOf = ({ label, slot, kind, faint }: Line, palette: Palette): uPlot.Series => ({
  label,
  stroke: palette.runs[slot] ?? palette.ink,
  width: faint ? 1 : 2,
  alpha: faint ? FAINT : 1,
  points: { show: kind === 'evalLoss', size: 5, fill: palette.card },
  ...(kind === 'evalLoss' ? { dash: [6, 4] } : {}),
});
