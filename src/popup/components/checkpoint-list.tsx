import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import type { CheckpointRow } from '../view-model/checkpoint-rows.ts';
import { plural } from '../view-model/plural.ts';
import { Button } from './button.tsx';
import { SmallButton } from './small-button.tsx';

const SHOWN_FIRST = 4;

const Reasons = ({ id, reasons }: { id: string; reasons: readonly string[] }): JSX.Element => (
  <ul class="reasons" id={id}>
    {reasons.map((reason) => (
      <li key={reason}>{reason}</li>
    ))}
  </ul>
);

/** At the end of the row; a word stands in the button's place while it is under way. */
const Download = ({ download, actions }: { download: CheckpointRow['download']; actions: Actions }) => {
  const t = useWords();
  if (download === null) return null;
  return (
    <span class="checkpoint-download">
      {download === 'under-way' ? (
        <small>{t('checkpoint_under_way')}</small>
      ) : (
        <SmallButton button={download} actions={actions} />
      )}
    </span>
  );
};

const Row = ({ row, actions }: { readonly row: CheckpointRow; readonly actions: Actions }): JSX.Element => {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const reasonsId = useId();
  return (
    <li class="checkpoint">
      <i class={`dot ${row.dot}`} aria-hidden="true" />
      <span class="checkpoint-name" title={row.fullName}>
        {row.name}
      </span>
      <span class="checkpoint-size">{row.size}</span>
      <Download download={row.download} actions={actions} />
      <small class={row.reasons.length === 0 ? 'checkpoint-details wide' : 'checkpoint-details'}>
        {row.details}
      </small>
      {row.reasons.length === 0 ? null : (
        <button
          type="button"
          class="why"
          aria-label={t('checkpoint_why_label', [row.name])}
          aria-expanded={open}
          aria-controls={reasonsId}
          onClick={() => setOpen(!open)}
        >
          {t('checkpoint_why')}
        </button>
      )}
      {open ? <Reasons id={reasonsId} reasons={row.reasons} /> : null}
    </li>
  );
};

interface CheckpointListProps {
  readonly rows: readonly CheckpointRow[];
  readonly actions: Actions;
}

/** Checkpoints on the disk or in this browser, newest first. */
export const CheckpointList = ({ rows, actions }: CheckpointListProps): JSX.Element | null => {
  const t = useWords();
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  // A single hidden row would take the place of its button.
  const shown = all || rows.length === SHOWN_FIRST + 1 ? rows : rows.slice(0, SHOWN_FIRST);
  const hidden = rows.length - shown.length;
  return (
    <section class="checkpoints" aria-label={t('checkpoints_heading')}>
      <ul>
        {shown.map((row) => (
          <Row key={row.id} row={row} actions={actions} />
        ))}
      </ul>
      {hidden === 0 ? null : (
        <Button look="row" label={plural(t, 'checkpoints_more', hidden)} onClick={() => setAll(true)} />
      )}
    </section>
  );
};
