import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Drift } from '../../core/recovery/package-versions.ts';
import type { NotebookState, RecoveryStepView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plainText, shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { safeWords } from './place-words.ts';
import { spokenSize } from './quantities.ts';
import { IMPOSSIBLE } from './resume-line.ts';
import type { Headline } from './tone.ts';
import { adviceOn } from './trap-words.ts';

type Recovering = Extract<NotebookState, { kind: 'recovering' }>;

const titleOf = ({ title }: RecoveryStepView): string => shortName(title ?? '');

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
    case 'restore':
      return t('recovering_restore', [titleOf(running)]);
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
    case 'restore':
      return t('recovery_failed_restore', [titleOf(failed)]);
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

/** The cell has ended, and nobody heard how: no failure that is known. */
const END_UNKNOWN = 'end-unknown';

/** What was run all the same. */
const failedText = (
  steps: readonly RecoveryStepView[],
  failed: RecoveryStepView | undefined,
): 'recovery_failed_watch_text' | 'recovery_failed_beside_text' | 'recovery_failed_text' => {
  if (failed?.kind === 'watch') return 'recovery_failed_watch_text';
  const isRun = steps.some(
    ({ kind, state }) => kind === 'setup' && (state === 'running' || state === 'done'),
  );
  return failed?.kind === 'restore' && isRun ? 'recovery_failed_beside_text' : 'recovery_failed_text';
};

/** The heading while a recovery runs, or after it failed or was stopped. */
export const recoveryHeadline = (t: Translate, { steps, status, run }: Recovering): Headline => {
  const reach = safeWords(t, run);
  const safe = reach === null ? [] : [t('lost_safe', [reach])];
  switch (status) {
    case 'running':
      return { tone: 'plain', heading: runningHeading(t, steps), text: t('recovering_text') };
    case 'failed': {
      const failed = steps.find(({ state }) => state === 'failed');
      if (failed?.error === 'from-zero')
        return {
          tone: 'lost',
          heading: t('recovery_from_zero_heading'),
          text:
            run.unit === 'steps'
              ? t('recovery_from_zero_text', [stepOf(failed)])
              : t('recovery_from_zero_epochs_text'),
        };
      if (failed?.error === END_UNKNOWN)
        return {
          tone: 'risk',
          heading:
            failed.kind === 'setup'
              ? t('recovery_end_unknown_setup', setupPlace(steps, failed))
              : t('recovery_end_unknown_train'),
          text: [t('recovery_failed_text'), ...safe].join(' '),
        };
      return {
        tone: 'lost',
        heading: failedHeading(t, steps, failed),
        text: [t(failedText(steps, failed)), ...safe].join(' '),
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

/** The step in a checkpoint's name. */
const stepOf = ({ title }: RecoveryStepView): string => /\d+$/.exec(title ?? '')?.[0] ?? '';

/** One line of the list of steps. */
export interface RecoveryLine {
  readonly title: string;
  /** The title is a line of the notebook's code. */
  readonly isCode: boolean;
  readonly state: RecoveryStepView['state'];
  readonly stateWord: string;
  readonly error: string | null;
  /** The one thing to do about it, where that is known. */
  readonly advice: string | null;
  /** Size, or how far it is. */
  readonly note: string | null;
  readonly skip: RowButton | null;
  /** Begins it once more, where it may have ended unheard. */
  readonly again: RowButton | null;
}

const STATE_WORD = {
  waiting: 'step_state_waiting',
  running: 'step_state_running',
  done: 'step_state_done',
  failed: 'step_state_failed',
  skipped: 'step_state_skipped',
} as const;
const STEP_WORD = {
  restore: 'step_restore',
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
  'no-copy': 'step_trouble_no_copy',
  'restore-failed': 'step_trouble_restore_failed',
  'restore-cancelled': 'step_trouble_restore_cancelled',
  'not-inserted': 'step_trouble_not_inserted',
  'from-zero': 'step_trouble_from_zero',
  'not-read-back': 'cell_failed_not_read_back',
  'read-only': 'cell_failed_read_only',
  ...IMPOSSIBLE,
};

const errorWords = (t: Translate, error: string): string => {
  const key = TROUBLE[error];
  return key === undefined ? plainText(error, 400) : t(key);
};

const noteOf = (t: Translate, { kind, sizeBytes, doneBytes, state }: RecoveryStepView): string | null => {
  if (kind !== 'restore' || sizeBytes === null) return null;
  const size = spokenSize(t, sizeBytes);
  return state === 'running' && doneBytes !== null
    ? t('step_size_of', [spokenSize(t, doneBytes), size])
    : size;
};

/** What has not begun can be left out, what failed, and a cell whose end nobody heard; but not the resume cell itself. */
const canSkip = ({ kind, state }: RecoveryStepView): boolean =>
  (kind === 'setup' && state === 'running') ||
  ((kind === 'restore' || kind === 'setup') && (state === 'waiting' || state === 'failed'));

/** Its cell may have done its work: it is left behind, not left out. */
const endIsUnknown = ({ error, unheard }: RecoveryStepView): boolean => unheard || error === END_UNKNOWN;

const adviceFor = (
  t: Translate,
  { error, unheard }: RecoveryStepView,
  drift: readonly Drift[],
): string | null => {
  if (unheard) return t('step_unheard');
  if (error === END_UNKNOWN) return t('step_trouble_end_unknown');
  return error === null ? null : adviceOn(t, error, drift);
};

const againButton = (t: Translate, notebookId: string, title: string): RowButton => ({
  label: t('recovery_again_button'),
  spokenLabel: t('button_label', [t('recovery_again_button'), title]),
  action: { kind: 'retry-recovery', notebookId },
});

/** The steps as lines: setup cells by their first line of code, the others by what they do. */
export const recoveryLines = (
  t: Translate,
  notebookId: string,
  { steps, status, run }: Pick<Recovering, 'steps' | 'status'> & { readonly run: Pick<RunView, 'drift'> },
): readonly RecoveryLine[] =>
  steps.map((step, index) => {
    const code = step.kind === 'setup' && step.title !== null ? plainText(step.title, 80) : '';
    const words = step.kind === 'restore' ? t('step_restore', [titleOf(step)]) : t(STEP_WORD[step.kind]);
    const title = code === '' ? words : code;
    return {
      title,
      isCode: code !== '',
      state: step.state,
      stateWord: t(step.error === END_UNKNOWN ? 'step_state_unknown' : STATE_WORD[step.state]),
      error: step.error === null || step.error === END_UNKNOWN ? null : errorWords(t, step.error),
      advice: adviceFor(t, step, run.drift),
      note: noteOf(t, step),
      again: status === 'running' && step.unheard ? againButton(t, notebookId, title) : null,
      skip:
        status === 'stopped' || !canSkip(step)
          ? null
          : {
              label: t(endIsUnknown(step) ? 'recovery_go_on_button' : 'recovery_skip_button'),
              spokenLabel: t(endIsUnknown(step) ? 'recovery_go_on_label' : 'recovery_skip_label', [title]),
              action: { kind: 'skip-step', notebookId, index },
            },
    };
  });
