import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CurveChart, Picture } from './chart/curve-chart.ts';

export interface ShownChart {
  readonly chart: RefObject<CurveChart | null>;
  /** The step under the cursor. */
  readonly cursor: number | null;
  readonly isZoomed: boolean;
}

/**
 * Draws a picture into its host. The chart is loaded when there is something to draw, so that the page does not wait for it;
 * what comes of a run while the pointer is over the chart is drawn when it has left: nothing moves under the cursor.
 */
export const useCurveChart = (host: RefObject<HTMLDivElement | null>, picture: Picture): ShownChart => {
  const chart = useRef<CurveChart>(null);
  const newest = useRef(picture);
  const isOver = useRef(false);
  const [cursor, setCursor] = useState<number | null>(null);
  const [isZoomed, setZoomed] = useState(false);
  const isEmpty = picture.lines.length === 0;

  useEffect(() => {
    const place = host.current;
    if (isEmpty || place === null) return undefined;
    const stop = new AbortController();
    const over = (is: boolean) => (): void => {
      isOver.current = is;
      if (!is) chart.current?.show(newest.current);
    };
    place.addEventListener('pointerenter', over(true), { signal: stop.signal });
    place.addEventListener('pointerleave', over(false), { signal: stop.signal });
    const load = async (): Promise<void> => {
      const { CurveChart: Chart } = await import('./chart/curve-chart.ts');
      if (stop.signal.aborted) return;
      chart.current = new Chart(place, {
        onCursor: setCursor,
        onWindow: (window) => setZoomed(window !== null),
      });
      setZoomed(false);
      chart.current.show(newest.current);
    };
    void load();
    return () => {
      stop.abort();
      chart.current?.destroy();
      chart.current = null;
      isOver.current = false;
    };
  }, [host, isEmpty]);

  useEffect(() => {
    const isOther = keyOf(newest.current) !== keyOf(picture);
    newest.current = picture;
    // What somebody clicked is shown at once; only what comes by itself waits.
    if (!isOver.current || isOther) chart.current?.show(picture);
  }, [picture]);
  return { chart, cursor, isZoomed };
};

const keyOf = ({ lines, log }: Picture): string => JSON.stringify([log, lines.map(({ key }) => key)]);
