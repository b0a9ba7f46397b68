import { browser } from '../browser/browser.ts';
import { translate } from '../browser/translate.ts';
import { shortName } from '../core/plain-text.ts';
import type { MessageKey } from '../protocol/messages-key.ts';
import type { Job } from './job.ts';

const PREFIX = 'job:';

/** Tells that a job has ended. */
export const tellJobEnd = (job: Job): void => {
  const names = job.items.map(({ name }) => shortName(name)).join(', ');
  const failed = job.state.kind === 'failed';
  const [title, message]: [MessageKey, MessageKey] = failed
    ? ['notify_job_failed_title', 'notify_job_failed_body']
    : [DONE_TITLE[job.to], DONE_BODY[job.to]];
  void browser.notifications
    .create(PREFIX + job.id, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('icons/128.png'),
      title: translate(title, [names]),
      message: translate(message, [shortName(job.download?.fileName ?? '')]),
    })
    .catch(() => undefined);
};

const DONE_TITLE = {
  zip: 'notify_job_saved_title',
  browser: 'notify_job_kept_title',
  server: 'notify_job_restored_title',
} as const satisfies Record<Job['to'], MessageKey>;
const DONE_BODY = {
  zip: 'notify_job_saved_body',
  browser: 'notify_job_kept_body',
  server: 'notify_job_restored_body',
} as const satisfies Record<Job['to'], MessageKey>;

/** The job a notification speaks of; `null` for one of another kind. */
export const jobOfNotification = (id: string): string | null =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null;
