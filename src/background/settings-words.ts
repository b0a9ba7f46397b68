import type { SettingsWords } from '../core/save-settings/settings-cell.ts';
import type { SaveSettings } from '../core/save-settings/save-settings.ts';
import { shortName } from '../core/plain-text.ts';
import type { MessageKey } from '../protocol/messages-key.ts';

type Translate = (key: MessageKey, substitutions?: readonly string[]) => string;

/** The sentences of the cell that sets how a trainer saves; what Python fills in stands in braces. */
export const settingsWords = (t: Translate, trainer: string, settings: SaveSettings): SettingsWords => ({
  comment: commentOf(t, settings),
  noTrainer: t('cell_saving_no_trainer', [shortName(trainer)]),
  savesEvery: t('cell_saving_every', ['{steps}']),
  savesAtEnd: t('cell_saving_at_end'),
  keeps: t('cell_saving_keeps', ['{keep}']),
  keepsAll: t('cell_saving_keeps_all'),
  best: t('cell_saving_best', ['{metric}']),
  bestNotTold: t('cell_saving_best_not_told'),
  announces: t('cell_saving_announces'),
  notResumable: t('cell_saving_not_resumable'),
});

const commentOf = (t: Translate, { saveSteps, best }: SaveSettings): string => {
  if (saveSteps === null) return t('cell_comment_saving_announce');
  if (saveSteps < 1) return t('cell_comment_saving_end');
  return t(best ? 'cell_comment_saving_best' : 'cell_comment_saving_steps', [String(saveSteps)]);
};
