import type { Contradiction, FilesTrouble, HealthView, NotebookState } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { shortPath } from '../../core/plain-text.ts';

const FILES = {
  'signed-out': 'health_files_signed_out',
  forbidden: 'health_files_forbidden',
  'server-error': 'health_files_server_error',
  'too-many-requests': 'health_files_too_many_requests',
  unreachable: 'health_files_unreachable',
  'not-understood': 'health_files_not_understood',
  'unsupported-site': 'health_files_unsupported_site',
} as const satisfies Record<FilesTrouble, MessageKey>;

const readingTrouble = (t: Translate, health: HealthView): string | null => {
  if (health.application === 'working') return health.canInsert ? null : t('health_no_insert');
  if (health.application === 'waiting' && health.kernelTap !== 'reading') return t('health_waiting');
  if (health.application === 'waiting') return null;
  if (health.kernelTap !== 'reading') return t('health_off');
  return t(health.canInsert ? 'health_tap_only' : 'health_tap_only_no_insert');
};

/** What cannot be read or done on this page, a line each. */
export const healthLines = (t: Translate, health: HealthView, isTraining = false): readonly string[] => {
  const files = health.files === 'working' || health.files === 'not-tried' ? null : t(FILES[health.files]);
  // While it trains the heading says so.
  const runtime = health.runtime === 'none' && !isTraining ? t('health_no_runtime') : null;
  return [runtime, files, readingTrouble(t, health)].filter((line) => line !== null);
};

/** Two sources that disagree, in one sentence. */
export const contradictionSentence = (t: Translate, contradiction: Contradiction): string => {
  switch (contradiction.kind) {
    case 'announced-not-on-disk':
      return t('contradiction_announced', [shortPath(contradiction.path)]);
    case 'deleted-still-on-disk':
      return t('contradiction_deleted', [shortPath(contradiction.path)]);
    case 'step-behind-folder':
      return t('contradiction_step_behind', [String(contradiction.shown), String(contradiction.folder)]);
    default:
      return contradiction satisfies never;
  }
};

/** Every line of trouble of a notebook, what the files contradict first. */
export const noticesOf = (t: Translate, state: NotebookState, health: HealthView): readonly string[] => {
  const contradictions = state.kind === 'idle' ? [] : state.run.contradictions;
  return [
    ...contradictions.map((contradiction) => contradictionSentence(t, contradiction)),
    ...healthLines(t, health, state.kind === 'training'),
  ];
};
