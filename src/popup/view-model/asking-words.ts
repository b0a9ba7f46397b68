import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';

/** Before a run that saves nothing on its way: that it can be asked to while it trains, where that is so. */
export const askingPromise = (t: Translate, { state, asking }: NotebookView): string | null => {
  if (state.kind !== 'idle' || asking?.canBeAsked !== true) return null;
  const verdict = state.plan?.verdict;
  return verdict === 'no' || verdict === 'never-before-end' ? t('asking_promise') : null;
};
