import { refuses } from '../../core/run/plan/plan-warnings.ts';
import type { PlanView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { keepsPhrase, listedSteps } from './plan-keeps.ts';
import type { Headline } from './tone.ts';

/** The steps at which it saves, few and many: `At 100, 200 … 600.` */
const savesAtPhrase = (t: Translate, saves: readonly number[]): string | null => {
  const [first, second] = saves;
  const last = saves.at(-1);
  if (first === undefined || last === undefined) return null;
  if (second === undefined) return t('plan_at_only', [String(first)]);
  if (saves.length === 2) return t('plan_at_both', [String(first), String(second)]);
  return t('plan_at_many', [String(first), String(second), String(last)]);
};

/** The same as a list inside a sentence. */
export const savesList = (t: Translate, saves: readonly number[]): string | null => {
  const [first, second] = saves;
  const last = saves.at(-1);
  if (first === undefined || last === undefined) return null;
  if (second === undefined || saves.length <= 3) return listedSteps(t, saves);
  return t('plan_list_many', [String(first), String(second), String(last)]);
};

const rhythm = (t: Translate, { saveStrategy, saveSteps }: PlanView): string => {
  if (saveStrategy === 'epoch') return t('plan_saves_epochs');
  if (saveStrategy === 'best') return t('plan_saves_best');
  if (saveSteps === null) return t('plan_unknown_heading');
  if (saveSteps < 1) return t('plan_saves_share', [String(Math.round(saveSteps * 100))]);
  return saveSteps === 1 ? t('plan_saves_each') : t('plan_saves_every', [String(saveSteps)]);
};

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' ');

const savingPlan = (t: Translate, plan: PlanView): Headline => ({
  tone: 'safe',
  heading: rhythm(t, plan),
  text: joined(savesAtPhrase(t, plan.savesAt), keepsPhrase(t, plan)),
});

const epochCount = (t: Translate, epochs: number | null): string | null => {
  if (epochs === null) return null;
  const said = new Intl.NumberFormat(t('ui_locale'), { maximumFractionDigits: 2 }).format(epochs);
  return epochs === 1 ? t('plan_one_epoch') : t('plan_epochs', [said]);
};

/** By steps, in a run whose steps are not known: if it is shorter than the interval, nothing is saved on the way. */
const openPlan = (t: Translate, plan: PlanView): Headline => ({
  tone: 'plain',
  heading: rhythm(t, plan),
  text: joined(
    epochCount(t, plan.epochs) ?? t('plan_length_unknown'),
    plan.saveSteps === null ? null : t('plan_if_shorter', [String(plan.saveSteps)]),
  ),
});

const neverText = (t: Translate, { isSilent, total, saveSteps, saveStrategy }: PlanView): string => {
  if (isSilent && total !== null) return t('plan_never_silent_text', [String(total)]);
  if (saveStrategy === 'epoch') return t('plan_never_epoch_text');
  return total === null || saveSteps === null || saveStrategy !== 'steps' || saveSteps < 1
    ? t('plan_never_text_short')
    : t('plan_never_text', [String(total), String(saveSteps)]);
};

/** Why nothing is saved, and what that means. */
export const noSavesText = (t: Translate, { isSilent, saveStrategy }: PlanView): string => {
  if (isSilent) return t('plan_silent_text');
  return saveStrategy === 'best' ? t('plan_best_without_evaluation_text') : t('plan_no_text');
};

/** What the training arguments promise, before a run. */
export const planHeadline = (t: Translate, plan: PlanView | null): Headline => {
  if (plan === null) return { tone: 'plain', heading: t('idle_heading'), text: t('idle_text') };
  const promised = promiseOf(t, plan);
  if (plan.warnings.some(refuses)) return { ...promised, tone: 'risk', heading: t('plan_refused_heading') };
  return plan.warnings.some(({ kind }) => kind === 'disk-fills') ? { ...promised, tone: 'risk' } : promised;
};

const promiseOf = (t: Translate, plan: PlanView): Headline => {
  switch (plan.verdict) {
    case 'saves':
      return savingPlan(t, plan);
    case 'epochs':
      return {
        tone: 'safe',
        heading: rhythm(t, plan),
        text: joined(epochCount(t, plan.epochs), keepsPhrase(t, plan)),
      };
    case 'length-unknown':
      return openPlan(t, plan);
    case 'never-before-end':
      return { tone: 'risk', heading: t('plan_never_heading'), text: neverText(t, plan) };
    case 'no':
      return { tone: 'risk', heading: t('plan_no_heading'), text: noSavesText(t, plan) };
    case 'unknown':
      return { tone: 'plain', heading: t('plan_unknown_heading'), text: t('plan_unknown_text') };
    default:
      return plan.verdict satisfies never;
  }
};
