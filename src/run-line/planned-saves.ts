import type { PlanView } from '../protocol/popup-view.ts';

/** Steps at which a run with this plan saves; empty when the plan does not tell. */
export const plannedSaves = (plan: PlanView): readonly number[] => {
  if (plan.verdict !== 'saves' || plan.saveSteps === null || plan.maxSteps === null) return [];
  const count = Math.floor(plan.maxSteps / plan.saveSteps);
  if (!(plan.saveSteps >= 1) || count > 1000) return [];
  const { saveSteps } = plan;
  return Array.from({ length: count }, (_, index) => (index + 1) * saveSteps);
};
