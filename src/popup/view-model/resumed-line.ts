import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { placeWords } from './place-words.ts';
import { spokenLoss } from './quantities.ts';

/** That a resumed run really goes on, for as long as it trains; `null` while that is not known. */
export const resumedLine = (t: Translate, state: NotebookState): string | null => {
  if (state.kind !== 'training' || state.run.proof?.kind !== 'continues') return null;
  const { step, lossBefore, lossAfter } = state.run.proof;
  const place = placeWords(t, state.run, step);
  return lossBefore === null || lossAfter === null
    ? t('training_resumed', [place])
    : t('training_resumed_loss', [place, spokenLoss(t, lossBefore), spokenLoss(t, lossAfter)]);
};
