import { translate } from '../browser/translate.ts';
import type { SettingsWords } from '../core/saving/settings-cell.ts';
import type { Saving } from '../core/saving/saving.ts';
import { shortName } from '../core/plain-text.ts';

/** The sentences of the cell that sets how a trainer saves; what Python fills in stands in braces. */
export const savingWords = (trainer: string, saving: Saving): SettingsWords => ({
  comment: commentOf(saving),
  noTrainer: translate('cell_saving_no_trainer', [shortName(trainer)]),
  savesEvery: translate('cell_saving_every', ['{steps}']),
  savesAtEnd: translate('cell_saving_at_end'),
  keeps: translate('cell_saving_keeps', ['{keep}']),
  keepsAll: translate('cell_saving_keeps_all'),
  best: translate('cell_saving_best', ['{metric}']),
  bestNotTold: translate('cell_saving_best_not_told'),
  announces: translate('cell_saving_announces'),
  notResumable: translate('cell_saving_not_resumable'),
});

const commentOf = ({ saveSteps, best }: Saving): string => {
  if (saveSteps === null) return translate('cell_comment_saving_announce');
  if (saveSteps < 1) return translate('cell_comment_saving_end');
  return translate(best ? 'cell_comment_saving_best' : 'cell_comment_saving_steps', [String(saveSteps)]);
};
