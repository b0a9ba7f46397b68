import type { NotebookState, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';
import { safeWords } from './place-words.ts';
import { checkpointsOnLine, stepsOf, type DrawnRun } from '../../run-line/run-line-geometry.ts';
import { plural, type PluralBase } from './plural.ts';

/** More steps than this are not read out one by one: the newest are. */
const MOST_READ_OUT = 8;

const steps = (t: Translate, base: PluralBase, values: readonly number[]): string | null => {
  if (values.length === 0) return null;
  const newest = values.toSorted((a, b) => a - b).slice(-MOST_READ_OUT);
  const list = new Intl.ListFormat(t('ui_locale')).format(newest.map(String));
  return plural(t, base, newest.length, [list]);
};

const BASES = {
  steps: { whole: 'line_whole', other: 'line_other', gone: 'line_gone' },
  epochs: { whole: 'line_whole_epochs', other: 'line_other_epochs', gone: 'line_gone_epochs' },
} as const satisfies Record<RunView['unit'], Record<string, PluralBase>>;

/** What of a run is said beside its line. */
export type WordedRun = DrawnRun & Pick<RunView, 'unit' | 'safeName'>;

const position = (t: Translate, { unit, step, total }: WordedRun): string => {
  if (step === null) return t('line_no_step');
  if (total === null) return t(unit === 'steps' ? 'line_step' : 'line_epoch', [String(step)]);
  return t(unit === 'steps' ? 'line_step_of' : 'line_epoch_of', [String(step), String(total)]);
};

const risk = (t: Translate, run: WordedRun, end: 'now' | 'stopped' | 'finished'): string | null => {
  const safeStep = run.safeStep ?? 0;
  if (run.step === null || run.stepsAtRisk === null || run.step <= safeStep) return null;
  const isLost = end === 'stopped';
  if (run.unit === 'steps')
    return t(isLost ? 'line_lost' : 'line_at_risk', [String(safeStep + 1), String(run.step)]);
  const safe = safeWords(t, run);
  if (safe === null) return t(isLost ? 'line_lost_all' : 'line_at_risk_all');
  return t(isLost ? 'line_lost_epochs' : 'line_at_risk_epochs', [safe]);
};

/** Whole checkpoints by their numbers; one without is named where it is the newest. */
const wholeOnes = (t: Translate, run: WordedRun, numbers: readonly number[]): string => {
  const named =
    run.safeName === null || run.safeStep !== null ? null : t('line_named', [shortName(run.safeName)]);
  const numbered = steps(t, BASES[run.unit].whole, numbers);
  return [numbered, named].filter((part) => part !== null).join(' ') || t('line_no_checkpoint');
};

/** The line of a run in words; `end` as it is drawn. */
export const wordsOfRun = (t: Translate, run: WordedRun, end: 'now' | 'stopped' | 'finished'): string => {
  const onLine = checkpointsOnLine(run);
  const present = onLine.filter(({ gone }) => !gone);
  const ofKind = (whole: boolean): readonly number[] =>
    stepsOf(present.filter(({ integrity }) => (integrity.kind === 'complete') === whole));
  const removed = stepsOf(onLine.filter(({ gone }) => gone));
  return [
    position(t, run),
    end === 'stopped' && run.step !== null ? t('line_stopped') : null,
    end === 'finished' ? t('line_finished') : null,
    wholeOnes(t, run, ofKind(true)),
    steps(t, BASES[run.unit].other, ofKind(false)),
    steps(t, BASES[run.unit].gone, removed),
    risk(t, run, end),
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
      const [first] = state.plan.savesAt;
      const planned =
        state.plan.total === null ? t('line_no_step') : t('line_planned', [String(state.plan.total)]);
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
