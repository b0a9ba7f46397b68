import type { JobFailure, JobView } from '../../protocol/home-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { plainText, shortName } from '../../core/plain-text.ts';
import { failureSentence } from './failure-words.ts';
import { namesPhrase } from './names-phrase.ts';
import { spokenSize } from './quantities.ts';

/** What went wrong, and what is left or to be done. */
export interface FailureWords {
  readonly heading: string;
  readonly after: string;
}

const SERVER = {
  zip: 'job_failed_server_zip',
  browser: 'job_failed_server_browser',
  server: 'job_failed_server_server',
} as const satisfies Record<JobView['to'], MessageKey>;

/** Such as an error's name from the browser: foreign text. */
const quoted = (said: string): string => plainText(said, 120);

/** Why a job failed: one plain sentence for each kind. */
export const jobFailureWords = (t: Translate, job: JobView, why: JobFailure): FailureWords => {
  switch (why.kind) {
    case 'changed':
      return { heading: t('job_failed_changed', [shortName(why.name)]), after: t('job_after_changed') };
    case 'gone':
      return { heading: t('job_failed_gone', [shortName(why.name)]), after: t('job_after_gone') };
    case 'not-the-same':
      return {
        heading: t('job_failed_not_the_same', [shortName(why.file), shortName(why.name)]),
        after: t('job_after_not_the_same'),
      };
    case 'no-room':
      return {
        heading:
          why.missingBytes === null
            ? t('job_failed_no_room')
            : t('job_failed_no_room_by', [spokenSize(t, why.missingBytes)]),
        after: t('job_after_no_room'),
      };
    case 'no-room-there':
      return {
        heading: t('job_failed_no_room_there', [spokenSize(t, why.missingBytes)]),
        after: t('job_after_no_room_there'),
      };
    case 'too-many-files':
      return {
        heading: t('job_failed_too_many_files', [String(why.most)]),
        after: t('job_after_too_many_files'),
      };
    case 'server':
      return {
        heading: t(SERVER[job.to], [namesPhrase(t, job.names)]),
        after: `${failureSentence(t, why.trouble)} ${t('job_stays')}`,
      };
    case 'page-not-open':
      return { heading: t('job_failed_page_not_open'), after: t('job_after_page_not_open') };
    case 'download':
      return { heading: t('job_failed_download'), after: t('job_after_download', [quoted(why.said)]) };
    case 'zip-differs':
      return { heading: t('job_failed_zip_differs'), after: t('job_after_zip_differs') };
    case 'in-the-way':
      return { heading: t('job_failed_in_the_way', [shortName(why.name)]), after: t('job_after_in_the_way') };
    case 'copy-damaged':
      return {
        heading: t('job_failed_copy_damaged', [shortName(why.name)]),
        after: t('job_after_copy_damaged'),
      };
    case 'unexpected':
      return { heading: t('job_failed_unexpected'), after: t('job_after_unexpected', [quoted(why.said)]) };
    default:
      return why satisfies never;
  }
};
