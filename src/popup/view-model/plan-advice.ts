import { isWorthSaying, type IntervalAdvice } from '../../core/run/plan/save-interval.ts';
import type { NotebookState } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { spokenTime } from './quantities.ts';

/** A better interval between saves, and the choice it hangs on. */
export interface AdviceWords {
  readonly sentence: string;
  /** Says where the hours come from. */
  readonly label: string;
  readonly hours: number;
  readonly choices: readonly { readonly hours: number; readonly words: string }[];
}

const CHOICES = [1, 3, 6, 12, 24, 72, 168] as const;

const FROM = {
  assumed: 'advice_failures_assumed',
  set: 'advice_failures_set',
  history: 'advice_failures_history',
} as const;

/** `null` where nothing is known that would be better than what the run does. */
export const adviceWords = (t: Translate, state: NotebookState): AdviceWords | null => {
  if (state.kind !== 'training' && state.kind !== 'finished') return null;
  const { plan } = state;
  const advice = plan?.advice ?? null;
  if (plan === undefined || plan === null || advice === null) return null;
  const inUse = plan.saveStrategy === 'steps' ? intervalOf(plan.savesAt) : null;
  return isWorthSaying(advice, inUse) ? wordsOf(t, advice) : null;
};

/** Between two saves; a run with one save has as long an interval as it is itself. */
const intervalOf = ([first, second]: readonly number[]): number | null =>
  first === undefined ? null : second === undefined ? first : second - first;

const wordsOf = (t: Translate, advice: IntervalAdvice): AdviceWords => {
  const { hoursBetweenFailures: hours } = advice;
  const listed: readonly number[] = CHOICES;
  const offered = listed.includes(hours) ? listed : [...listed, hours].toSorted((a, b) => a - b);
  return {
    sentence: t(advice.saveTimeFrom === 'pause' ? 'advice_interval_measured' : 'advice_interval_estimated', [
      String(advice.everySteps),
      spokenTime(t, advice.saveSeconds),
    ]),
    label: t(FROM[advice.failuresFrom]),
    hours,
    choices: offered.map((each) => ({ hours: each, words: spokenTime(t, each * 3600) })),
  };
};
