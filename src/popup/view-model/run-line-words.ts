import type { NotebookState, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plannedSaves } from './plan-headline.ts';
import { plural, type PluralBase } from './plural.ts';
import { checkpointsOnLine } from './run-line.ts';

/** More steps than this are not read out one by one: the newest are. */
const MOST_READ_OUT = 8;

const steps = (t: Translate, base: PluralBase, values: readonly number[]): string | null => {
  if (values.length === 0) return null;
  const newest = values.toSorted((a, b) => a - b).slice(-MOST_READ_OUT);
  const list = new Intl.ListFormat(t('ui_locale')).format(newest.map(String));
  return plural(t, base, newest.length, [list]);
};

const wordsOfRun = (t: Translate, run: RunView, end: 'now' | 'stopped' | 'finished'): string => {
  const onLine = checkpointsOnLine(run);
  const present = onLine.filter(({ gone }) => !gone);
  const stepsOf = (whole: boolean): readonly number[] =>
    present.filter(({ integrity }) => (integrity.kind === 'complete') === whole).map(({ step }) => step);
  const removed = onLine.filter(({ gone }) => gone).map(({ step }) => step);
  const safeStep = run.safeStep ?? 0;
  const risk =
    run.step === null || run.stepsAtRisk === null || run.step <= safeStep
      ? null
      : t(end === 'stopped' ? 'line_lost' : 'line_at_risk', [String(safeStep + 1), String(run.step)]);
  return [
    run.step === null
      ? t('line_no_step')
      : run.total === null
        ? t('line_step', [String(run.step)])
        : t('line_step_of', [String(run.step), String(run.total)]),
    end === 'stopped' && run.step !== null ? t('line_stopped') : null,
    end === 'finished' ? t('line_finished') : null,
    steps(t, 'line_whole', stepsOf(true)) ?? t('line_no_checkpoint'),
    steps(t, 'line_other', stepsOf(false)),
    steps(t, 'line_gone', removed),
    risk,
    end === 'now' && run.nextSave !== null ? t('line_next', [String(run.nextSave)]) : null,
  ]
    .filter((part) => part !== null)
    .join(' ');
};

/** The run line in words, for those who do not see it. */
export const runLineWords = (t: Translate, state: NotebookState): string => {
  switch (state.kind) {
    case 'idle': {
      if (state.plan === null) return t('line_no_step');
      const [first] = plannedSaves(state.plan);
      const planned =
        state.plan.maxSteps === null ? t('line_no_step') : t('line_planned', [String(state.plan.maxSteps)]);
      return first === undefined ? planned : `${planned} ${t('line_next', [String(first)])}`;
    }
    case 'training':
      return wordsOfRun(t, state.run, 'now');
    case 'finished':
      return wordsOfRun(t, state.run, 'finished');
    case 'stopped':
    case 'lost':
    case 'recovering':
      return wordsOfRun(t, state.run, 'stopped');
    default:
      return state satisfies never;
  }
};
