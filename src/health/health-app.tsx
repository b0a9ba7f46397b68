import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { HealthReport } from '../protocol/health-report.ts';
import type { Translate } from '../popup/translate.ts';
import { reportRows, reportText, type ReportRow } from './report-rows.ts';

interface HealthAppProps {
  readonly ask: () => Promise<HealthReport | null>;
  readonly t: Translate;
}

type State = 'asking' | 'no-notebook' | HealthReport;

const Row = ({ row, t }: { readonly row: ReportRow; readonly t: Translate }): JSX.Element => (
  <tr class={row.missing ? 'missing' : ''}>
    <th scope="row">{row.name}</th>
    <td>{row.route ?? t(row.missing ? 'health_no_route' : 'way_files_not_tried')}</td>
    <td>{row.others.join('; ')}</td>
  </tr>
);

/** Every power on the notebook of a tab: the way in use, the ways that are not, and why. */
export const HealthApp = ({ ask, t }: HealthAppProps): JSX.Element => {
  const [state, setState] = useState<State>('asking');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    ask().then(
      (report) => setState(report ?? 'no-notebook'),
      () => setState('no-notebook'),
    );
  }, [ask]);
  if (typeof state === 'string')
    return (
      <main>
        <h1>{t('health_heading')}</h1>
        <p>{t(state === 'asking' ? 'loading_heading' : 'health_no_notebook')}</p>
      </main>
    );
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(reportText(state, navigator.userAgent));
    setCopied(true);
  };
  return (
    <main>
      <h1>{t('health_heading')}</h1>
      <p>{t('health_text')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('health_column_power')}</th>
            <th scope="col">{t('health_column_route')}</th>
            <th scope="col">{t('health_column_others')}</th>
          </tr>
        </thead>
        <tbody>
          {reportRows(t, state).map((row) => (
            <Row key={row.name} row={row} t={t} />
          ))}
        </tbody>
      </table>
      <div class="actions">
        <button type="button" onClick={() => void copy()}>
          {t('health_copy')}
        </button>
        <span role="status">{copied ? t('copied') : ''}</span>
      </div>
    </main>
  );
};
