import type { PlanView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { spokenSize } from './quantities.ts';

/** More are not named one by one. */
const MOST_NAMED = 5;

/** `100, 200, 300`. */
export const listedSteps = (t: Translate, steps: readonly number[]): string =>
  new Intl.ListFormat(t('ui_locale'), { type: 'unit', style: 'short' }).format(steps.map(String));

/** What of the saves stays, in one sentence; `null` where it is not known. */
const whatStays = (t: Translate, plan: PlanView): string | null => {
  if (plan.keepsAll) return t('plan_keeps_all');
  const { keptAtEnd: kept, bestBesides, savesAt, saveTotalLimit: limit } = plan;
  if (kept !== null && bestBesides)
    return kept.length === 0 || kept.length > MOST_NAMED
      ? t('plan_keeps_best')
      : t('plan_keeps_steps_best', [listedSteps(t, kept)]);
  if (kept !== null && kept.length > 0 && kept.length < savesAt.length && kept.length <= MOST_NAMED)
    return kept.length === 1 ? t('plan_keeps_one') : t('plan_keeps_steps', [listedSteps(t, kept)]);
  if (kept !== null && kept.length > 0 && kept.length === savesAt.length) return t('plan_keeps_all');
  if (limit === null) return null;
  return limit === 1 ? t('plan_keeps_one') : t('plan_keeps_last', [String(limit)]);
};

/** How many of them lie there at the end; `null` where it is not known. */
const countAtEnd = ({ keptAtEnd, bestBesides, saveTotalLimit, verdict }: PlanView): number | null => {
  if (keptAtEnd !== null && keptAtEnd.length > 0) return keptAtEnd.length + (bestBesides ? 1 : 0);
  return verdict === 'no' || saveTotalLimit === null ? null : saveTotalLimit;
};

const size = (t: Translate, plan: PlanView): string | null => {
  const count = countAtEnd(plan);
  if (count === null || plan.checkpointBytes === null) return null;
  const bytes = spokenSize(t, count * plan.checkpointBytes);
  return plan.freeBytes === null
    ? t('plan_size', [bytes])
    : t('plan_size_of_free', [bytes, spokenSize(t, plan.freeBytes)]);
};

/** What stays of the saves, and the room it takes. */
export const keepsPhrase = (t: Translate, plan: PlanView): string | null =>
  [whatStays(t, plan), size(t, plan)].filter((part) => part !== null).join(' ') || null;
