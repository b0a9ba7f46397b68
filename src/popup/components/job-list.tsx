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
    <div class="job-foot">
      <span class="job-status">{line.status}</span>
      <span class="job-buttons">
        {line.buttons.map((button) => (
          <SmallButton key={button.spokenLabel} button={button} actions={actions} />
        ))}
      </span>
    </div>
    {line.lines.length === 0 ? null : (
      <div class="job-lines">
        {line.lines.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    )}
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
