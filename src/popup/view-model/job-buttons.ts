import type { JobFailure, JobView } from '../../protocol/home-view.ts';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { namesPhrase } from './names-phrase.ts';

type JobVerb = 'pause' | 'resume' | 'again' | 'aside' | 'cancel' | 'show' | 'dismiss';
const VERBS = {
  pause: { key: 'job_pause', kind: 'pause-job' },
  resume: { key: 'job_resume', kind: 'resume-job' },
  again: { key: 'retry_button', kind: 'resume-job' },
  aside: { key: 'job_move_aside', kind: 'move-aside-job' },
  cancel: { key: 'job_cancel', kind: 'cancel-job' },
  show: { key: 'job_show', kind: 'show-job' },
  dismiss: { key: 'job_dismiss', kind: 'dismiss-job' },
} as const satisfies Record<JobVerb, { key: MessageKey; kind: PopupAction['kind'] }>;

const isWorthTrying = ({ kind }: JobFailure): boolean =>
  kind === 'page-not-open' ||
  kind === 'server' ||
  kind === 'no-room' ||
  kind === 'no-room-there' ||
  kind === 'download';

const verbsOf = ({ state }: JobView): readonly JobVerb[] => {
  switch (state.kind) {
    case 'waiting':
    case 'saving':
      return ['cancel'];
    case 'moving':
    case 'trying-again':
      return ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'done':
      return state.canShow ? ['show', 'dismiss'] : ['dismiss'];
    case 'failed':
      if (state.why.kind === 'in-the-way') return ['aside', 'dismiss'];
      return isWorthTrying(state.why) ? ['again', 'dismiss'] : ['dismiss'];
    default:
      return state satisfies never;
  }
};

/** "Download checkpoint-300 instead", where the one that was asked for is no more. */
const insteadButton = (t: Translate, notebookId: string, job: JobView): RowButton | null => {
  if (job.state.kind !== 'failed' || !('next' in job.state.why) || job.state.why.next === null) return null;
  const { next } = job.state.why;
  const to = job.to === 'browser' ? 'browser' : 'zip';
  const label = t(to === 'zip' ? 'job_instead' : 'job_keep_instead', [shortName(next)]);
  return {
    label,
    spokenLabel: label,
    action: { kind: 'bring-home', notebookId, names: [next], extent: job.extent, to },
  };
};

/** What can be done about a job, the most useful first. */
export const jobButtons = (t: Translate, notebookId: string, job: JobView): readonly RowButton[] => {
  const name = namesPhrase(t, job.names);
  const instead = insteadButton(t, notebookId, job);
  const others = verbsOf(job).map((verb) => {
    const { key, kind } = VERBS[verb];
    const label = t(key);
    return { label, spokenLabel: t('button_label', [label, name]), action: { kind, jobId: job.id } };
  });
  return instead === null ? others : [instead, ...others];
};
