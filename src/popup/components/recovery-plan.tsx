import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../words-context.ts';
import type { PlanLines, PlanStep } from '../view-model/recovery-plan.ts';
import type { SetupLine } from '../view-model/setup-cells.ts';

interface RecoveryPlanProps {
  readonly plan: PlanLines;
  readonly tick: (cellId: string, ticked: boolean) => void;
}

const SetupCell = ({ line, tick }: { line: SetupLine; tick: RecoveryPlanProps['tick'] }): JSX.Element => (
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

/** A step that is always done, or is the user's own: it has no box to tick. */
const FixedStep = ({ step }: { readonly step: PlanStep }): JSX.Element => (
  <li class={step.by === 'user' ? 'setup-cell fixed yours' : 'setup-cell fixed'}>
    <span class="setup-text">{step.title}</span>
    <span class="setup-time">{step.note}</span>
  </li>
);

/** What a recovery will do, before anything is done; each setup cell can be left out. */
export const RecoveryPlan = ({ plan, tick }: RecoveryPlanProps): JSX.Element => {
  const t = useWords();
  const headingId = useId();
  return (
    <section class="setup" aria-labelledby={headingId}>
      <div class="section-head">
        <h2 id={headingId}>{t('plan_heading')}</h2>
        {plan.count === null ? null : <span>{plan.count}</span>}
      </div>
      {plan.hint === null ? null : <p class="hint">{plan.hint}</p>}
      <ol>
        {plan.before.map((step) => (
          <FixedStep key={step.title} step={step} />
        ))}
        {plan.setup.map((line) => (
          <SetupCell key={line.cellId} line={line} tick={tick} />
        ))}
        {plan.after.map((step) => (
          <FixedStep key={step.title} step={step} />
        ))}
      </ol>
    </section>
  );
};
