import type { ActionRefusal } from '../../protocol/popup-transport.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';

const REFUSED = {
  'page-not-there': 'refused_page_not_there',
  'no-kernel': 'refused_no_kernel',
  'not-training': 'refused_not_training',
  'kernel-busy': 'refused_kernel_busy',
  'not-inserted': 'refused_not_inserted',
  'cell-was-edited': 'refused_cell_was_edited',
  'permission-denied': 'refused_permission_denied',
  'folder-not-found': 'refused_folder_not_found',
  'no-answer': 'refused_no_answer',
  'not-there': 'refused_not_there',
  'in-use': 'refused_in_use',
  'still-written': 'refused_still_written',
  'page-error': 'refused_page_error',
} as const satisfies Record<ActionRefusal, MessageKey>;

/** Why something was not done. */
export const refusalSentence = (t: Translate, reason: ActionRefusal): string => t(REFUSED[reason]);
