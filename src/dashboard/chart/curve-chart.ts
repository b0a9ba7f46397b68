import uPlot from 'uplot';
import { alignedData, extentOf, zoomed, type Line, type Window } from './chart-data.ts';
import { chartOptions } from './chart-options.ts';
import { drawMarks, drawNumbers } from './draw-marks.ts';
import type { CheckpointMark } from './lines.ts';
import { readPalette } from './palette.ts';
import { MOST_RUNS } from '../model/slots.ts';

/** All that is to be seen. */
export interface Picture {
  readonly lines: readonly Line[];
  readonly marks: readonly CheckpointMark[];
  readonly log: boolean;
  readonly locale: string;
}

export interface ChartEvents {
  /** The step under the cursor; `null`: there is none. */
  readonly onCursor: (step: number | null) => void;
  /** The part that is shown; `null`: all of it. */
  readonly onWindow: (window: Window | null) => void;
}

/** A point for every pixel and a half is more than an eye can tell apart. */
const PIXELS_PER_BUCKET = 1.5;
const NARROW = 500;

/** The curves on a canvas: draws what it is shown, zooms by drag, and moves its cursor when it is told. */
export class CurveChart {
  readonly #host: HTMLElement;
  readonly #events: ChartEvents;
  readonly #stop = new AbortController();
  readonly #resized: ResizeObserver;
  #chart: uPlot | null = null;
  #picture: Picture | null = null;
  #window: Window | null = null;
  #key = '';

  constructor(host: HTMLElement, events: ChartEvents) {
    this.#host = host;
    this.#events = events;
    this.#resized = new ResizeObserver(() => this.#fit());
    this.#resized.observe(host);
    const repaint = (): void => {
      this.#key = '';
      if (this.#picture !== null) this.show(this.#picture);
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint, {
      signal: this.#stop.signal,
    });
    host.addEventListener('dblclick', () => this.zoomTo(null), { signal: this.#stop.signal });
  }

  show(picture: Picture): void {
    this.#picture = picture;
    const key = JSON.stringify([picture.log, picture.lines.map(({ key: line }) => line)]);
    if (this.#chart === null || key !== this.#key) this.#build(picture);
    else this.#draw(this.#chart, picture);
    this.#key = key;
  }

  /** Shows a part of the steps; `null`: all of them. */
  zoomTo(window: Window | null): void {
    this.#window = window;
    this.#events.onWindow(window);
    if (this.#chart !== null && this.#picture !== null) this.#draw(this.#chart, this.#picture);
  }

  /** Narrower below 1, wider above, around the cursor or the middle. */
  zoomBy(factor: number): void {
    const whole = this.#whole();
    if (whole === null) return;
    const shown = this.#window ?? whole;
    this.zoomTo(zoomed(shown, this.#cursorStep() ?? (shown.from + shown.to) / 2, factor, whole));
  }

  /** Moves the cursor by a share of what is shown; -1 and 1 lead to its ends. */
  moveCursor(share: number): void {
    const chart = this.#chart;
    if (chart === null) return;
    const { width } = chart.over.getBoundingClientRect();
    const before = chart.cursor.left ?? -1;
    const left = Math.min(width - 1, Math.max(0, (before < 0 ? width / 2 : before) + share * width));
    chart.setCursor({ left, top: 10 });
  }

  /** The canvas as it is. */
  get canvas(): HTMLCanvasElement | null {
    return this.#chart?.ctx.canvas ?? null;
  }

  destroy(): void {
    this.#stop.abort();
    this.#resized.disconnect();
    this.#chart?.destroy();
    this.#chart = null;
  }

  #whole(): Window | null {
    return this.#picture === null ? null : extentOf(this.#picture.lines);
  }

  #cursorStep(): number | null {
    const left = this.#chart?.cursor.left ?? -1;
    return this.#chart === null || left < 0 ? null : this.#chart.posToVal(left, 'x');
  }

  #size(): { readonly width: number; readonly height: number } {
    const width = Math.max(200, this.#host.clientWidth);
    return { width, height: width < NARROW ? 260 : 420 };
  }

  #fit(): void {
    const { width, height } = this.#size();
    if (this.#chart === null || (this.#chart.width === width && this.#chart.height === height)) return;
    this.#chart.setSize({ width, height });
    if (this.#picture !== null) this.#draw(this.#chart, this.#picture);
  }

  #build(picture: Picture): void {
    this.#chart?.destroy();
    this.#chart = null;
    if (picture.lines.length === 0) return;
    const palette = readPalette(this.#host, MOST_RUNS);
    const look = { ...this.#size(), log: picture.log, locale: picture.locale, palette };
    const hooks: uPlot.Hooks.Arrays = {
      draw: [
        (chart) => {
          drawMarks(chart, this.#picture?.marks ?? [], palette);
          drawNumbers(chart, this.#picture?.lines ?? [], palette);
        },
      ],
      setCursor: [() => this.#events.onCursor(this.#cursorStep())],
      setSelect: [(chart) => this.#selected(chart)],
    };
    this.#chart = new uPlot(chartOptions(picture.lines, look, hooks), [[]], this.#host);
    this.#draw(this.#chart, picture);
  }

  #selected(chart: uPlot): void {
    const { left, width } = chart.select;
    if (width < 4) return;
    const window = { from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') };
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoomTo(window);
  }

  #draw(chart: uPlot, { lines, log }: Picture): void {
    const window = this.#window ?? extentOf(lines);
    if (window === null) return;
    const buckets = Math.max(50, Math.round(chart.width / PIXELS_PER_BUCKET));
    const data = alignedData(lines, window, buckets, log);
    chart.batch(() => {
      chart.setData(data, false);
      chart.setScale('x', { min: window.from, max: window.to });
    });
  }
}
