import { readPalette } from './palette.ts';
import type { Line } from './chart-data.ts';
import { MOST_RUNS } from '../model/slots.ts';

const LINE_HEIGHT = 20;
const TITLE_HEIGHT = 30;
const EDGE = 16;

/** The chart as a picture of its own: title above, the names of its curves below it, on the page's ground. */
export const pictureOf = (
  chart: HTMLCanvasElement,
  host: HTMLElement,
  title: string,
  lines: readonly Line[],
): HTMLCanvasElement => {
  const palette = readPalette(host, MOST_RUNS);
  const ratio = devicePixelRatio;
  const named = lines.filter(({ faint }) => !faint);
  const head = (TITLE_HEIGHT + named.length * LINE_HEIGHT + EDGE) * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = chart.width + 2 * EDGE * ratio;
  canvas.height = chart.height + head + EDGE * ratio;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.fillStyle = palette.card;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, EDGE * ratio, head);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  context.fillStyle = palette.ink;
  context.font = '600 16px system-ui, sans-serif';
  context.fillText(title, EDGE, EDGE + 8);
  context.font = '13px system-ui, sans-serif';
  named.forEach(({ label, slot, kind }, index) => {
    const y = EDGE + TITLE_HEIGHT + index * LINE_HEIGHT;
    context.strokeStyle = palette.runs[slot] ?? palette.ink;
    context.lineWidth = 2;
    context.setLineDash(kind === 'evalLoss' ? [6, 4] : []);
    context.beginPath();
    context.moveTo(EDGE, y);
    context.lineTo(EDGE + 28, y);
    context.stroke();
    context.fillText(label, EDGE + 36, y);
  });
  return canvas;
};
