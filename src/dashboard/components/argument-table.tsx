import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { longName, shortName } from '../../core/plain-text.ts';
import { useWords } from '../../popup/words-context.ts';
import type { Chosen } from '../chart/lines.ts';
import { argumentRows, type ArgumentRow } from '../model/differing-arguments.ts';
import { titleOf } from '../model/run-words.ts';

/** What the code of each run gives to its training, side by side, what differs first. */
export const ArgumentTable = ({ chosen }: { readonly chosen: readonly Chosen[] }): JSX.Element | null => {
  const t = useWords();
  const [all, setAll] = useState(false);
  if (chosen.length === 0) return null;
  const rows = argumentRows(chosen.map(({ run }) => run));
  const differing = rows.filter(({ differs }) => differs);
  const hides = chosen.length > 1 && differing.length < rows.length;
  const shown = hides && !all ? differing : rows;
  return (
    <section class="card" aria-labelledby="arguments-heading">
      <h2 id="arguments-heading">{t('dashboard_arguments')}</h2>
      {rows.length === 0 ? <p>{t('dashboard_arguments_none')}</p> : null}
      {rows.length > 0 && chosen.length > 1 && differing.length === 0 ? (
        <p>{t('dashboard_arguments_same')}</p>
      ) : null}
      {shown.length === 0 ? null : <Rows rows={shown} chosen={chosen} />}
      {hides ? (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t('dashboard_arguments_differing')
            : t('dashboard_arguments_all', [String(rows.length - differing.length)])}
        </button>
      ) : null}
    </section>
  );
};

interface RowsProps {
  readonly rows: readonly ArgumentRow[];
  readonly chosen: readonly Chosen[];
}

const Rows = ({ rows, chosen }: RowsProps): JSX.Element => {
  const t = useWords();
  return (
    <div class="scrolls" tabIndex={0} role="group" aria-labelledby="arguments-heading">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('dashboard_argument')}</th>
            {chosen.map(({ run, slot }) => (
              <th scope="col" key={run.id} class={`run-${slot + 1}`}>
                <b class="run-number">{slot + 1}</b> <span class="run-title">{titleOf(t, run)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ of, name, values, differs }) => (
            <tr key={`${of} ${name}`} class={differs && chosen.length > 1 ? 'differs' : ''}>
              <th scope="row">
                <code>{shortName(name)}</code> <small>{shortName(of)}</small>
              </th>
              {values.map((value, index) => (
                <td key={chosen[index]?.run.id}>
                  {value === null ? (
                    <span class="soft">{t('dashboard_argument_default')}</span>
                  ) : value.kind === 'unknown' ? (
                    <span class="soft">{t('dashboard_argument_unknown')}</span>
                  ) : (
                    <code>{longName(value.text)}</code>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
