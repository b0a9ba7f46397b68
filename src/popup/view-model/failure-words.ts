import type { ServerTrouble } from '../../protocol/server-trouble.ts';
import type { Translate } from '../translate.ts';
import { spokenTime } from './quantities.ts';

/** Why a server did not do what it was asked for: one sentence for each kind of failure. */
export const failureSentence = (t: Translate, trouble: ServerTrouble): string => {
  switch (trouble.kind) {
    case 'signed-out':
      return t('failure_signed_out');
    case 'forbidden':
      return t('failure_forbidden');
    case 'cross-site':
      return t('failure_cross_site');
    case 'not-found':
      return t('failure_not_found');
    case 'conflict':
      return t('failure_conflict');
    case 'disk-full':
      return t('failure_disk_full');
    case 'too-large':
      return t('failure_too_large');
    case 'too-many-requests':
      return trouble.retryAfterMs === null
        ? t('failure_too_many_requests')
        : t('failure_too_many_requests_for', [spokenTime(t, trouble.retryAfterMs / 1000)]);
    case 'server-error':
      return t('failure_server_error', [String(trouble.status)]);
    case 'server-stopped':
      return t('failure_server_stopped');
    case 'unreachable':
      return t('failure_unreachable');
    case 'stalled':
      return t('failure_stalled', [spokenTime(t, trouble.afterMs / 1000)]);
    case 'not-understood':
      return t('failure_not_understood', [String(trouble.status)]);
    case 'aborted':
      return t('failure_aborted');
    case 'no-range':
      return t('failure_no_range');
    case 'corrupted':
      return t('failure_corrupted');
    case 'tree-too-large':
      return t(trouble.bound === 'entries' ? 'failure_too_many_files' : 'failure_too_deep', [
        String(trouble.most),
      ]);
    case 'no-server':
      return t('failure_no_server');
    default:
      return trouble satisfies never;
  }
};
