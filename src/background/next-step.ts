import type { RecoveryStep } from './notebook.ts';

/**
 * The place of the step to begin now; `null`: none, for a while or because one failed. What a step needs is over before it is
 * begun:
 *
 * ```text
 *   restore ──► restore ──┬──────────► insert ──┐
 *                         ├─► setup ─► setup ───┴──► train ──► watch
 *     setup ─► setup ─────┘
 *     (that need not wait for the copies)
 * ```
 */
export const nextStep = (steps: readonly RecoveryStep[]): number | null => {
  if (steps.some(({ state }) => state === 'failed')) return null;
  const place = steps.findIndex(
    (step, index) =>
      step.state === 'waiting' &&
      steps.slice(0, index).every((other) => isOver(other) || !needs(step, other)),
  );
  return place < 0 ? null : place;
};

const isOver = ({ state }: RecoveryStep): boolean => state === 'done' || state === 'skipped';

/** Whether a step needs one that stands before it. */
const needs = ({ kind, beside }: RecoveryStep, before: RecoveryStep): boolean => {
  switch (kind) {
    case 'restore':
      return true;
    case 'setup':
      return before.kind === 'setup' || !beside;
    case 'insert':
      return before.kind === 'restore';
    case 'train':
    case 'watch':
      return true;
    default:
      return kind satisfies never;
  }
};
