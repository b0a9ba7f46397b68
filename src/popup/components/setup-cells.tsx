import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../words-context.ts';
import type { SetupLine } from '../view-model/setup-cells.ts';

interface SetupCellsProps {
  readonly lines: readonly SetupLine[];
  readonly optional: boolean;
  readonly tick: (cellId: string, ticked: boolean) => void;
}

const SetupCell = ({ line, tick }: { line: SetupLine; tick: SetupCellsProps['tick'] }): JSX.Element => (
  <li>
    <label class="setup-cell">
      <input
        type="checkbox"
        checked={line.ticked}
        disabled={line.disabled}
        onChange={(event) => tick(line.cellId, event.currentTarget.checked)}
      />
      <span class="setup-text">
        <span class={line.isCode ? 'setup-title code' : 'setup-title'} title={line.title}>
          {line.title}
        </span>
        {line.note === null ? null : <span class="setup-note">{line.note}</span>}
      </span>
      <span class="setup-time">{line.time}</span>
    </label>
  </li>
);

/** The cells that ran before training, to be run again: each can be left out. */
export const SetupCells = ({ lines, optional, tick }: SetupCellsProps): JSX.Element => {
  const t = useWords();
  const headingId = useId();
  const ticked = lines.filter((line) => line.ticked).length;
  return (
    <section class="setup" aria-labelledby={headingId}>
      <div class="section-head">
        <h2 id={headingId}>{t('setup_heading')}</h2>
        <span>{t('setup_count', [String(ticked), String(lines.length)])}</span>
      </div>
      {optional ? <p class="hint">{t('setup_optional')}</p> : null}
      <ul>
        {lines.map((line) => (
          <SetupCell key={line.cellId} line={line} tick={tick} />
        ))}
      </ul>
    </section>
  );
};
