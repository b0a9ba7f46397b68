import type { JSX } from 'preact';
import type { Actions } from '../use-actions.ts';
import type { JobLine } from '../view-model/job-lines.ts';
import { useWords } from '../words-context.ts';
import { SmallButton } from './small-button.tsx';

const Job = ({ line, actions }: { readonly line: JobLine; readonly actions: Actions }): JSX.Element => (
  <li class={`job ${line.look}`}>
    {/* Only what a job has become is read out, not its numbers. */}
    <b class="job-heading" title={line.fullHeading} aria-live="polite">
      {line.heading}
    </b>
    {line.share === null ? null : (
      <progress class="job-bar" value={line.share} max={1} aria-label={line.heading} />
    )}
    {line.status === '' ? null : (
      <p class="job-numbers">
        <span>{line.status}</span> <span>{line.time}</span>
      </p>
    )}
    <div class="job-foot">
      <small class="job-note">{line.note}</small>
      <span class="job-buttons">
        {line.buttons.map((button) => (
          <SmallButton key={button.spokenLabel} button={button} actions={actions} />
        ))}
      </span>
    </div>
  </li>
);

interface JobListProps {
  readonly lines: readonly JobLine[];
  readonly actions: Actions;
}

/** What is being brought home, and what became of it until it is dismissed. */
export const JobList = ({ lines, actions }: JobListProps): JSX.Element | null => {
  const t = useWords();
  return lines.length === 0 ? null : (
    <section class="jobs" aria-label={t('jobs_heading')}>
      <ul>
        {lines.map((line) => (
          <Job key={line.id} line={line} actions={actions} />
        ))}
      </ul>
    </section>
  );
};
