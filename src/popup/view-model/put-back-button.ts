import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { isDiskNew } from '../../core/recovery/diagnosis.ts';
import { shortName } from '../../core/plain-text.ts';
import type { ActionButton } from './action-button.ts';
import { spokenSize } from './quantities.ts';
import { filesMayAnswer, newestKept } from './takeable.ts';

/**
 * The newest copy in this browser onto the disk of a new machine, where nothing lies to resume from. `null` also once it
 * is there: then it is looked at again.
 */
export const putBack = (t: Translate, view: NotebookView): ActionButton | null => {
  const { notebookId, state, home } = view;
  if (state.kind !== 'lost' || !isDiskNew(state.loss)) return null;
  // With a kernel there, putting it back is the first step of a recovery.
  const { from, restores } = state.resume;
  if (from !== null && (restores.length === 0 || state.loss.kernel === 'back')) return null;
  const kept = newestKept(state.run);
  if (kept === null || !filesMayAnswer(view)) return null;
  const job = home.jobs.find(({ to, copyIds }) => to === 'server' && copyIds.includes(kept.copyId));
  if (job?.state.kind === 'done') return null;
  const size =
    kept.sizeBytes === null
      ? t('put_back_small_unsized')
      : t('put_back_small', [spokenSize(t, kept.sizeBytes)]);
  const button = {
    label: t('put_back_button', [shortName(kept.name)]),
    action: { kind: 'restore-copy', notebookId, copyId: kept.copyId, folder: null },
  } as const;
  return job === undefined || job.state.kind === 'failed'
    ? { ...button, small: size }
    : { ...button, small: t('download_under_way'), resting: true };
};
