import type { MessageKey } from '../../protocol/messages-key.ts';
import { publicPart, type Drift } from '../../core/recovery/package-versions.ts';
import type { NotebookState, RecoveryStepView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { plainText, shortName } from '../../core/plain-text.ts';
import { trapOf, type ResumeTrap } from '../../core/recovery/resume-trap.ts';
import type { RowButton } from './action-button.ts';
import { spokenSize } from './quantities.ts';
import type { Headline } from './tone.ts';

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

/** The heading while a recovery runs, or after it failed or was stopped. */
export const recoveryHeadline = (t: Translate, { steps, status, run }: Recovering): Headline => {
  const safe = run.safeStep === null ? [] : [t('lost_safe', [String(run.safeStep)])];
  switch (status) {
    case 'running':
      return { tone: 'plain', heading: runningHeading(t, steps), text: t('recovering_text') };
    case 'failed': {
      const failed = steps.find(({ state }) => state === 'failed');
      if (failed?.error === 'from-zero')
        return {
          tone: 'lost',
          heading: t('recovery_from_zero_heading'),
          text: t('recovery_from_zero_text', [stepOf(failed)]),
        };
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
  'no-checkpoint': 'cell_impossible_no_checkpoint',
  'no-train-call': 'cell_impossible_no_train_call',
  'script-without-flag': 'cell_impossible_script_without_flag',
  'script-not-read': 'cell_impossible_script_not_read',
  'still-checking': 'cell_impossible_still_checking',
};

const errorWords = (t: Translate, error: string): string => {
  const key = TROUBLE[error];
  return key === undefined ? plainText(error, 400) : t(key);
};

const TRAP = {
  'path-not-found': 'trap_path_not_found',
  'no-trainer-state': 'trap_no_trainer_state',
  'optimizer-differs': 'trap_optimizer_differs',
  'weights-only-load': 'trap_weights_only_load',
  'name-not-defined': 'trap_name_not_defined',
  'model-differs': 'trap_model_differs',
  'out-of-memory': 'trap_out_of_memory',
  'disk-full': 'trap_disk_full',
  'module-missing': 'trap_module_missing',
} as const satisfies Record<ResumeTrap, MessageKey>;

/** Traps that another version of a package can well be the cause of. Of the others the cause is known. */
const MAY_BE_DRIFT: ReadonlySet<ResumeTrap | null> = new Set([
  null,
  'optimizer-differs',
  'weights-only-load',
  'model-differs',
]);

const NO_DRIFT: readonly Drift[] = [];

/**
 * @param error What the kernel raised: its name, a colon, its message.
 * @param drift Packages that are other ones than when the checkpoint was saved.
 */
export const adviceOn = (t: Translate, error: string, drift = NO_DRIFT): string | null => {
  const colon = error.indexOf(':');
  if (colon < 0) return null;
  const trap = trapOf({ name: error.slice(0, colon), message: error.slice(colon + 1).trimStart() });
  const changed = MAY_BE_DRIFT.has(trap) ? driftAdvice(t, drift) : null;
  return changed ?? (trap === null ? null : t(TRAP[trap]));
};

/** What changed, each with both versions, and the one line that undoes it. */
const driftAdvice = (t: Translate, drift: readonly Drift[]): string | null => {
  if (drift.length === 0) return null;
  const changes = drift.map(({ name, before, now }) => t('trap_drift_package', [name, before, now]));
  const install = drift.map(({ name, before }) => `${name}==${publicPart(before)}`).join(' ');
  return t('trap_drift', [changes.join(' '), `%pip install ${install}`]);
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
      stateWord: t(STATE_WORD[step.state]),
      error: step.error === null ? null : errorWords(t, step.error),
      advice: step.error === null ? null : adviceOn(t, step.error, run.drift),
      note: noteOf(t, step),
      skip:
        status === 'stopped' || !canSkip(step)
          ? null
          : {
              label: t('recovery_skip_button'),
              spokenLabel: t('recovery_skip_label', [title]),
              action: { kind: 'skip-step', notebookId, index },
            },
    };
  });
