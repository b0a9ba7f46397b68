import type { PlanView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import type { Headline } from './tone.ts';

/** Steps at which a run with this plan saves; empty when the plan does not tell. */
export const plannedSaves = (plan: PlanView): readonly number[] => {
  if (plan.verdict !== 'saves' || plan.saveSteps === null || plan.maxSteps === null) return [];
  const count = Math.floor(plan.maxSteps / plan.saveSteps);
  if (!(plan.saveSteps >= 1) || count > 1000) return [];
  const { saveSteps } = plan;
  return Array.from({ length: count }, (_, index) => (index + 1) * saveSteps);
};

const savesAt = (t: Translate, saves: readonly number[]): string | null => {
  const [first, second] = saves;
  const last = saves.at(-1);
  if (first === undefined || last === undefined) return null;
  if (second === undefined) return t('plan_at_only', [String(first)]);
  if (saves.length === 2) return t('plan_at_both', [String(first), String(second)]);
  return t('plan_at_many', [String(first), String(second), String(last)]);
};

const interval = (t: Translate, saveSteps: number | null): string => {
  if (saveSteps === null) return t('plan_saves');
  return saveSteps === 1 ? t('plan_saves_each') : t('plan_saves_every', [String(saveSteps)]);
};

const keeps = (t: Translate, limit: number | null): string => {
  if (limit === null) return t('plan_keeps_all');
  return limit === 1 ? t('plan_keeps_one') : t('plan_keeps_last', [String(limit)]);
};

const savingPlan = (t: Translate, plan: PlanView): Headline => {
  const how = plan.saveSteps === null ? t('plan_saves_unknown_interval') : savesAt(t, plannedSaves(plan));
  const kept = keeps(t, plan.saveTotalLimit);
  return {
    tone: 'safe',
    heading: interval(t, plan.saveSteps),
    text: how === null ? kept : `${how} ${kept}`,
  };
};

/** What the training arguments promise, before a run. */
export const planHeadline = (t: Translate, plan: PlanView | null): Headline => {
  if (plan === null) return { tone: 'plain', heading: t('idle_heading'), text: t('idle_text') };
  switch (plan.verdict) {
    case 'saves':
      return savingPlan(t, plan);
    case 'never-before-end':
      return {
        tone: 'risk',
        heading: t('plan_never_heading'),
        text:
          plan.maxSteps === null || plan.saveSteps === null
            ? t('plan_never_text_short')
            : t('plan_never_text', [String(plan.maxSteps), String(plan.saveSteps)]),
      };
    case 'no':
      return { tone: 'risk', heading: t('plan_no_heading'), text: t('plan_no_text') };
    case 'unknown':
      return { tone: 'plain', heading: t('plan_unknown_heading'), text: t('plan_unknown_text') };
    default:
      return plan.verdict satisfies never;
  }
};
