import type { AskedChange } from '../../core/reach/asked-changes.ts';
import type { Translate } from '../../popup/translate.ts';

/** What was changed in a run on its user's wish, in words. */
export const askedWords = (t: Translate, change: AskedChange): string => {
  switch (change.kind) {
    case 'saved':
      return t(change.stop ? 'dashboard_asked_stopped' : 'dashboard_asked_saved', [String(change.step)]);
    case 'not-saved':
      return t('dashboard_asked_not_saved', [placeOf(t, change.step)]);
    case 'taken-back':
      return t('dashboard_asked_taken_back', [placeOf(t, change.step)]);
    case 'every':
      return t('dashboard_asked_every', [String(change.steps), placeOf(t, change.step)]);
    case 'every-ended':
      return t('dashboard_asked_every_ended', [String(change.steps), placeOf(t, change.step)]);
    default:
      return change satisfies never;
  }
};

const placeOf = (t: Translate, step: number | null): string =>
  step === null ? t('place_unknown') : t('place_step', [String(step)]);
