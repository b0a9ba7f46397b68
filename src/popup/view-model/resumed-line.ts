import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { spokenLoss } from './quantities.ts';

/** That a resumed run really goes on, for as long as it trains; `null` while that is not known. */
export const resumedLine = (t: Translate, state: NotebookState): string | null => {
  if (state.kind !== 'training' || state.run.proof?.kind !== 'continues') return null;
  const { step, lossBefore, lossAfter } = state.run.proof;
  return lossBefore === null || lossAfter === null
    ? t('training_resumed', [String(step)])
    : t('training_resumed_loss', [String(step), spokenLoss(t, lossBefore), spokenLoss(t, lossAfter)]);
};
