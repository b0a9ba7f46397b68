import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { shortName } from '../../core/plain-text.ts';
import { integrityWord } from '../../popup/view-model/defect-words.ts';
import { spokenLoss, spokenSize } from '../../popup/view-model/quantities.ts';
import { useWords } from '../../popup/words-context.ts';
import type { Translate } from '../../popup/translate.ts';
import type { Chosen } from '../chart/lines.ts';
import {
  columnId,
  columnsOf,
  metricOf,
  rowsOf,
  sorted,
  type Column,
  type Order,
  type PlainColumn,
  type TableRow,
} from '../model/checkpoint-rows.ts';

const HEADINGS = {
  run: 'dashboard_column_run',
  name: 'dashboard_column_checkpoint',
  step: 'dashboard_column_step',
  loss: 'dashboard_loss',
  evalLoss: 'dashboard_eval_loss',
  size: 'dashboard_column_size',
  integrity: 'dashboard_column_whole',
  place: 'dashboard_column_place',
} as const satisfies Record<PlainColumn, string>;
const PLACES = {
  machine: 'dashboard_place_machine',
  both: 'dashboard_place_both',
  browser: 'dashboard_place_browser',
  gone: 'dashboard_place_gone',
} as const;

interface CheckpointTableProps {
  readonly chosen: readonly Chosen[];
  readonly copies: readonly string[] | null;
}

/** The checkpoints of the compared runs; each column sorts. */
export const CheckpointTable = ({ chosen, copies }: CheckpointTableProps): JSX.Element | null => {
  const t = useWords();
  const [order, setOrder] = useState<Order>({ column: 'step', descending: true });
  if (chosen.length === 0) return null;
  const written = rowsOf(
    chosen.map(({ run, slot }) => ({ run, number: slot + 1 })),
    copies,
  );
  const columns = columnsOf(written);
  const rows = sorted(written, order);
  const sortBy = (column: Column): void =>
    setOrder((before) => ({
      column,
      descending: isSame(before.column, column) ? !before.descending : false,
    }));
  const metrics = columns.flatMap((column) => (typeof column === 'string' ? [] : [column.metric]));
  return (
    <section class="card" aria-labelledby="checkpoints-heading">
      <h2 id="checkpoints-heading">{t('dashboard_checkpoints')}</h2>
      {rows.length === 0 ? (
        <p>{t('dashboard_checkpoints_none')}</p>
      ) : (
        <div class="scrolls" tabIndex={0} role="group" aria-labelledby="checkpoints-heading">
          <table class="checkpoints">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col" key={columnId(column)} aria-sort={sortOf(order, column)}>
                    <button type="button" class="sort" onClick={() => sortBy(column)}>
                      {typeof column === 'string' ? t(HEADINGS[column]) : shortName(column.metric)}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={`${row.run.id} ${row.checkpoint.name}`} row={row} metrics={metrics} t={t} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const isSame = (one: Column, other: Column): boolean => columnId(one) === columnId(other);

const sortOf = (order: Order, column: Column): 'ascending' | 'descending' | 'none' => {
  if (!isSame(order.column, column)) return 'none';
  return order.descending ? 'descending' : 'ascending';
};

interface RowProps {
  readonly row: TableRow;
  readonly metrics: readonly string[];
  readonly t: Translate;
}

const Row = ({ row, metrics, t }: RowProps): JSX.Element => {
  const { checkpoint, number, place } = row;
  const { name, step, loss, evalLoss, sizeBytes, integrity, isBest } = checkpoint;
  const unknown = t('dashboard_not_known');
  return (
    <tr class={`run-${number}`}>
      <td>
        <b class="run-number">{number}</b>
      </td>
      <th scope="row">
        <code>{shortName(name)}</code>
        {isBest ? <span class="best">{t('checkpoint_best')}</span> : null}
      </th>
      <td class="number">{step ?? unknown}</td>
      <td class="number">{spokenOr(unknown, t, loss)}</td>
      <td class="number">{spokenOr(unknown, t, evalLoss)}</td>
      {metrics.map((metric) => (
        <td class="number" key={metric}>
          {spokenOr(unknown, t, metricOf(checkpoint, metric))}
        </td>
      ))}
      <td class="number">{sizeBytes === null ? unknown : spokenSize(t, sizeBytes)}</td>
      <td>{integrityWord(t, integrity)}</td>
      <td>{t(PLACES[place])}</td>
    </tr>
  );
};

const spokenOr = (unknown: string, t: Translate, value: number | null): string =>
  value === null ? unknown : spokenLoss(t, value);
