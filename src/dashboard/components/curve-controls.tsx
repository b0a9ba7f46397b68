import type { JSX, RefObject } from 'preact';
import { useWords } from '../../popup/words-context.ts';
import type { Line } from '../chart/chart-data.ts';
import type { CurveChart } from '../chart/curve-chart.ts';
import type { Chosen } from '../chart/lines.ts';
import { csvOf } from '../model/csv.ts';
import { titleOf } from '../model/run-words.ts';
import { saveFile } from '../save-file.ts';

interface CurveControlsProps {
  readonly log: boolean;
  readonly setLog: (log: boolean) => void;
  readonly smooth: boolean;
  readonly setSmooth: (smooth: boolean) => void;
  readonly isZoomed: boolean;
  readonly chart: RefObject<CurveChart | null>;
  readonly host: RefObject<HTMLDivElement | null>;
  readonly lines: readonly Line[];
  readonly chosen: readonly Chosen[];
  readonly title: string;
}

/** How the curves are drawn, and where they can go. */
export const CurveControls = (props: CurveControlsProps): JSX.Element => {
  const t = useWords();
  const { log, setLog, smooth, setSmooth, isZoomed, chart, lines, chosen } = props;
  const saveCsv = (): void => {
    const curves = chosen.flatMap(({ run, curves: { loss, evalLoss } }) => [
      { run: titleOf(t, run), name: 'loss', series: loss },
      { run: titleOf(t, run), name: 'eval_loss', series: evalLoss },
    ]);
    saveFile(new Blob([csvOf(curves)], { type: 'text/csv;charset=utf-8' }), 'holdfast-curves.csv');
  };
  const nothing = lines.length === 0;
  return (
    <div class="controls">
      <Toggle label={t('dashboard_log_scale')} isOn={log} set={setLog} />
      <Toggle label={t('dashboard_smooth')} isOn={smooth} set={setSmooth} />
      <span class="group">
        <button type="button" class="quiet" disabled={nothing} onClick={() => chart.current?.zoomBy(0.5)}>
          {t('dashboard_zoom_in')}
        </button>
        <button type="button" class="quiet" disabled={!isZoomed} onClick={() => chart.current?.zoomBy(2)}>
          {t('dashboard_zoom_out')}
        </button>
        <button type="button" class="quiet" disabled={!isZoomed} onClick={() => chart.current?.zoomTo(null)}>
          {t('dashboard_zoom_reset')}
        </button>
      </span>
      <span class="group">
        <button type="button" class="quiet" disabled={nothing} onClick={saveCsv}>
          {t('dashboard_save_csv')}
        </button>
        <button type="button" class="quiet" disabled={nothing} onClick={() => void savePicture(props)}>
          {t('dashboard_save_png')}
        </button>
      </span>
    </div>
  );
};

const savePicture = async ({ chart, host, title, lines }: CurveControlsProps): Promise<void> => {
  const canvas = chart.current?.canvas ?? null;
  const place = host.current;
  if (canvas === null || place === null) return;
  const { pictureOf } = await import('../chart/save-picture.ts');
  pictureOf(canvas, place, title, lines).toBlob((picture) => {
    if (picture !== null) saveFile(picture, 'holdfast-curves.png');
  });
};

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
}

const Toggle = ({ label, isOn, set }: ToggleProps): JSX.Element => (
  <label class="toggle">
    <input type="checkbox" checked={isOn} onChange={(event) => set(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
);
