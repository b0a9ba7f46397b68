import type { Contradiction, HealthView, NotebookState, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { shortPath } from '../../core/plain-text.ts';
import { placeWords } from './place-words.ts';
import { FILES_TROUBLE } from '../files-trouble.ts';

const readingTrouble = (t: Translate, health: HealthView): string | null => {
  if (health.application === 'working') return health.canInsert ? null : t('health_no_insert');
  if (health.application === 'waiting' && health.kernelTap !== 'reading') return t('health_waiting');
  if (health.application === 'waiting') return null;
  if (health.kernelTap !== 'reading') return t('health_off');
  return t(health.canInsert ? 'health_tap_only' : 'health_tap_only_no_insert');
};

/** What cannot be read or done on this page, a line each. */
export const healthLines = (t: Translate, health: HealthView, isTraining = false): readonly string[] => {
  const files =
    health.files === 'working' || health.files === 'not-tried' ? null : t(FILES_TROUBLE[health.files]);
  // While it trains the heading says so.
  const runtime = health.runtime === 'none' && !isTraining ? t('health_no_runtime') : null;
  return [runtime, files, readingTrouble(t, health)].filter((line) => line !== null);
};

/** Two sources that disagree, in one sentence. */
export const contradictionSentence = (
  t: Translate,
  contradiction: Contradiction,
  run: Pick<RunView, 'unit'> = { unit: 'steps' },
): string => {
  switch (contradiction.kind) {
    case 'announced-not-on-disk':
      return t('contradiction_announced', [shortPath(contradiction.path)]);
    case 'deleted-still-on-disk':
      return t('contradiction_deleted', [shortPath(contradiction.path)]);
    case 'step-behind-folder':
      return t('contradiction_step_behind', [
        placeWords(t, run, contradiction.shown),
        placeWords(t, run, contradiction.folder),
      ]);
    default:
      return contradiction satisfies never;
  }
};

/** Every line of trouble of a notebook, what the files contradict first. */
export const noticesOf = (t: Translate, state: NotebookState, health: HealthView): readonly string[] => {
  const contradictions =
    state.kind === 'idle'
      ? []
      : state.run.contradictions.map((contradiction) => contradictionSentence(t, contradiction, state.run));
  return [...contradictions, ...healthLines(t, health, state.kind === 'training')];
};
