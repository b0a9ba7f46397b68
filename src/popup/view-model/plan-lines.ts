import type { NotebookState, NotebookView } from '../../protocol/popup-view.ts';
import type { PlanWarning } from '../../core/run/plan/plan-warnings.ts';
import { whileTraining } from '../../core/run/plan/plan-warnings.ts';
import { savesNothing } from '../../core/run/plan/save-plan.ts';
import type { Translate } from '../translate.ts';
import { plainText } from '../../core/plain-text.ts';
import { noSavesText, savesList } from './plan-headline.ts';
import { keepsPhrase } from './plan-keeps.ts';
import { hasLittleRoom } from './storage-line.ts';

/** One sentence of what is amiss with a plan. */
export const warningSentence = (t: Translate, warning: PlanWarning): string => {
  switch (warning.kind) {
    case 'disk-fills':
      return t('plan_warning_disk', [String(warning.atStep)]);
    case 'best-may-go':
      return warning.limit === 1
        ? t('plan_warning_best_one')
        : t('plan_warning_best', [String(warning.limit)]);
    case 'best-needs-same-strategy':
      return t('plan_warning_strategy', [plainText(warning.save, 20), plainText(warning.evaluation, 20)]);
    case 'best-needs-multiple':
      return t('plan_warning_multiple', [String(warning.saveSteps), String(warning.evalSteps)]);
    case 'old-evaluation-name':
      return t(warning.certain ? 'plan_warning_old_name' : 'plan_warning_old_name_maybe');
    case 'on-drive':
      return t('plan_warning_drive');
    default:
      return warning satisfies never;
  }
};

/** What is amiss with the saves of a run, before it and while it trains; a disk with little room left is told of by itself then. */
export const planWarningLines = (
  t: Translate,
  { state, storage }: Pick<NotebookView, 'state' | 'storage'>,
): readonly string[] => {
  if (state.kind === 'idle') return (state.plan?.warnings ?? []).map((each) => warningSentence(t, each));
  if (state.kind !== 'training') return [];
  return (state.plan?.warnings ?? [])
    .filter((each) => whileTraining(each) && !(each.kind === 'disk-fills' && hasLittleRoom(storage)))
    .map((each) => warningSentence(t, each));
};

/** The plan in one line while it trains: where it will save, or that it will not. */
export const planLine = (t: Translate, state: NotebookState): string | null => {
  if (state.kind !== 'training' || state.plan === undefined || state.plan === null) return null;
  const { plan } = state;
  if (savesNothing(plan)) return noSavesText(t, plan);
  if (plan.verdict !== 'saves') return null;
  const list = savesList(t, plan.savesAt);
  return list === null
    ? null
    : [t('plan_line', [list]), keepsPhrase(t, plan)].filter((part) => part !== null).join(' ');
};
