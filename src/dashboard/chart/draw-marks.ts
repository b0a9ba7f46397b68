import type uPlot from 'uplot';
import type { Line } from './chart-data.ts';
import type { CheckpointMark } from './lines.ts';
import type { Palette } from './palette.ts';

/** Radii in CSS pixels. */
const DOT = 5;
const STAR = 9;

/** Checkpoints as dots on their curves, the best one as a star, one that is not proven whole as a ring. */
export const drawMarks = (chart: uPlot, marks: readonly CheckpointMark[], palette: Palette): void => {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 2 * ratio;
  for (const { step, value, slot, isBest, isWhole } of marks) {
    const [x, y] = [chart.valToPos(step, 'x', true), chart.valToPos(value, 'y', true)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const colour = palette.runs[slot] ?? palette.ink;
    ctx.beginPath();
    if (isBest) star(ctx, x, y, STAR * ratio);
    else ctx.arc(x, y, DOT * ratio, 0, 2 * Math.PI);
    ctx.fillStyle = isWhole ? colour : palette.card;
    ctx.strokeStyle = isWhole ? palette.card : colour;
    ctx.stroke();
    ctx.fill();
  }
  ctx.restore();
};

const star = (ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void => {
  for (let corner = 0; corner < 10; corner += 1) {
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    const reach = corner % 2 === 0 ? radius : radius * 0.45;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
};

/** The number of its run at the end of each curve: colour alone does not tell them apart. */
export const drawNumbers = (chart: uPlot, lines: readonly Line[], palette: Palette): void => {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `bold ${11 * ratio}px sans-serif`;
  ctx.textBaseline = 'middle';
  for (const [index, { slot, faint, kind }] of lines.entries()) {
    const column = chart.data[index + 1] ?? [];
    if (faint || kind !== 'loss' || chart.series[index + 1]?.show === false) continue;
    const at = lastInView(chart, column);
    const [step, value] = [chart.data[0][at], column[at]];
    if (step === undefined || value === undefined || value === null) continue;
    ctx.fillStyle = palette.runs[slot] ?? palette.ink;
    const x = Math.min(chart.valToPos(step, 'x', true), bbox.left + bbox.width) + 10 * ratio;
    ctx.fillText(String(slot + 1), x, chart.valToPos(value, 'y', true));
  }
  ctx.restore();
};

const lastInView = (chart: uPlot, column: ArrayLike<number | null | undefined>): number => {
  const most = chart.scales['x']?.max ?? Infinity;
  for (let at = column.length - 1; at >= 0; at -= 1) {
    if (typeof column[at] === 'number' && (chart.data[0][at] ?? Infinity) <= most) return at;
  }
  return -1;
};
