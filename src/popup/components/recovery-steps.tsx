import type { JSX } from 'preact';
import type { Actions } from '../use-actions.ts';
import type { RecoveryLine } from '../view-model/recovery-words.ts';
import { SmallButton } from './small-button.tsx';

const ICON = {
  done: 'M3 8.5l3.5 3.5L13 4.5',
  running: 'M6 3l5 5-5 5',
  failed: 'M4 4l8 8M12 4l-8 8',
  skipped: 'M4 8h8',
} as const;

const StateIcon = ({ state, index }: { state: RecoveryLine['state']; index: number }): JSX.Element =>
  state === 'waiting' ? (
    <span class="step-number" aria-hidden="true">
      {index + 1}
    </span>
  ) : (
    <svg class="step-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICON[state]} />
    </svg>
  );

/** States a reader of the list would not see in words anyway are for screen readers only. */
const isSpokenOnly = ({ state, note }: RecoveryLine): boolean =>
  state === 'done' || state === 'waiting' || (state === 'running' && note !== null);

interface RecoveryStepsProps {
  readonly lines: readonly RecoveryLine[];
  readonly actions: Actions;
}

/** The steps of a recovery, ticked off one by one. */
export const RecoverySteps = ({ lines, actions }: RecoveryStepsProps): JSX.Element => (
  <ol class="recovery">
    {lines.map((line, index) => (
      <li key={index} class={`step ${line.state}`} aria-current={line.state === 'running' ? 'step' : 'false'}>
        <StateIcon state={line.state} index={index} />
        <span class={line.isCode ? 'step-title code' : 'step-title'} title={line.title}>
          {line.title}
        </span>
        <span class="step-end">
          {line.note === null ? null : <span class="step-state">{line.note}</span>}
          <span class={isSpokenOnly(line) ? 'spoken-only' : 'step-state'}>{line.stateWord}</span>
          {line.skip === null ? null : <SmallButton button={line.skip} actions={actions} />}
          {line.again === null ? null : <SmallButton button={line.again} actions={actions} />}
        </span>
        {line.error === null ? null : <p class="error-text">{line.error}</p>}
        {line.advice === null ? null : <p class="step-advice">{line.advice}</p>}
      </li>
    ))}
  </ol>
);
