import type { MessageKey } from '../../protocol/messages-key.ts';
import type { NotebookState, RecoveryStepView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plainText } from '../../core/plain-text.ts';
import type { Headline } from './tone.ts';

type Recovering = Extract<NotebookState, { kind: 'recovering' }>;

/** `['4', '6']` for the fourth of six setup cells. */
const setupPlace = (steps: readonly RecoveryStepView[], step: RecoveryStepView): readonly string[] => {
  const setup = steps.filter(({ kind }) => kind === 'setup');
  return [String(setup.indexOf(step) + 1), String(setup.length)];
};

const runningHeading = (t: Translate, steps: readonly RecoveryStepView[]): string => {
  const running = steps.find(({ state }) => state === 'running');
  if (running === undefined) {
    const allDone = steps.length > 0 && steps.every(({ state }) => state === 'done' || state === 'skipped');
    return allDone ? t('recovering_done') : t('recovering_wait');
  }
  switch (running.kind) {
    case 'setup':
      return t('recovering_setup', setupPlace(steps, running));
    case 'insert':
      return t('recovering_insert');
    case 'train':
      return t('recovering_train');
    case 'watch':
      return t('recovering_watch');
    default:
      return running.kind satisfies never;
  }
};

const failedHeading = (
  t: Translate,
  steps: readonly RecoveryStepView[],
  failed: RecoveryStepView | undefined,
): string => {
  if (failed === undefined) return t('recovery_failed');
  switch (failed.kind) {
    case 'setup':
      return t('recovery_failed_setup', setupPlace(steps, failed));
    case 'insert':
      return t('recovery_failed_insert');
    case 'train':
      return t('recovery_failed_train');
    case 'watch':
      return t('recovery_failed_watch');
    default:
      return failed.kind satisfies never;
  }
};

/** The heading while a recovery runs, or after it failed or was stopped. */
export const recoveryHeadline = (t: Translate, { steps, status, run }: Recovering): Headline => {
  const safe = run.safeStep === null ? [] : [t('lost_safe', [String(run.safeStep)])];
  switch (status) {
    case 'running':
      return { tone: 'plain', heading: runningHeading(t, steps), text: t('recovering_text') };
    case 'failed': {
      const failed = steps.find(({ state }) => state === 'failed');
      const after = failed?.kind === 'watch' ? 'recovery_failed_watch_text' : 'recovery_failed_text';
      return {
        tone: 'lost',
        heading: failedHeading(t, steps, failed),
        text: [t(after), ...safe].join(' '),
      };
    }
    case 'stopped':
      return {
        tone: 'risk',
        heading: t('recovery_stopped_heading'),
        text: [t('recovery_stopped_text'), ...safe].join(' '),
      };
    default:
      return status satisfies never;
  }
};

/** One line of the list of steps. */
export interface RecoveryLine {
  readonly title: string;
  /** The title is a line of the notebook's code. */
  readonly isCode: boolean;
  readonly state: RecoveryStepView['state'];
  readonly stateWord: string;
  readonly error: string | null;
}

const STATE_WORD = {
  waiting: 'step_state_waiting',
  running: 'step_state_running',
  done: 'step_state_done',
  failed: 'step_state_failed',
  skipped: 'step_state_skipped',
} as const;
const STEP_WORD = {
  setup: 'step_setup',
  insert: 'step_insert',
  train: 'step_train',
  watch: 'step_watch',
} as const;

/** Why a step could not even run. Anything else is what Python said, and always holds a colon. */
const TROUBLE: Readonly<Record<string, MessageKey>> = {
  'kernel-lost': 'step_trouble_kernel_lost',
  'cell-not-found': 'step_trouble_cell_not_found',
  'no-kernel': 'step_trouble_no_kernel',
  'no-answer': 'step_trouble_no_answer',
  'no-platform': 'step_trouble_no_answer',
  'page-error': 'step_trouble_page_error',
};

const errorWords = (t: Translate, error: string): string => {
  const key = TROUBLE[error];
  return key === undefined ? plainText(error, 400) : t(key);
};

/** The steps as lines: setup cells by their first line of code, the others by what they do. */
export const recoveryLines = (t: Translate, steps: readonly RecoveryStepView[]): readonly RecoveryLine[] =>
  steps.map((step) => {
    const code = step.kind === 'setup' && step.title !== null ? plainText(step.title, 80) : '';
    return {
      title: code === '' ? t(STEP_WORD[step.kind]) : code,
      isCode: code !== '',
      state: step.state,
      stateWord: t(STATE_WORD[step.state]),
      error: step.error === null ? null : errorWords(t, step.error),
    };
  });
