import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { spokenTime } from './quantities.ts';

/** A start takes this long anyway, and what is passed over sooner needs no word. */
const SHORT_SECONDS = 20;

/**
 * What a resumed run may be doing while no new step comes. Without a bar of its own it is a guess, and worded as one: only
 * streamed datasets are read again. A time is said only where it is known.
 */
export const skippingLine = (t: Translate, state: NotebookState, now: number): string | null => {
  if (state.kind !== 'training' && state.kind !== 'recovering') return null;
  const { skipping } = state.run;
  if (skipping === null) return null;
  const { bar, since, secondsAtMost, toStep } = skipping;
  if (bar !== null)
    return bar.secondsLeft === null
      ? t('skipping_bar')
      : t('skipping_bar_time', [spokenTime(t, Math.max(0, bar.secondsLeft - (now - bar.at) / 1000))]);
  if ((now - since) / 1000 < SHORT_SECONDS) return null;
  if (secondsAtMost === null) return t('skipping_unseen', [String(toStep)]);
  return secondsAtMost < SHORT_SECONDS
    ? null
    : t('skipping_unseen_time', [String(toStep), spokenTime(t, secondsAtMost)]);
};
