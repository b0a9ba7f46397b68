import type { NotebookState, ResumeView, RunView, StopReason } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { placeWords, reachWords, safeWords } from './place-words.ts';
import { plural } from './plural.ts';
import { newestKept } from './takeable.ts';
import type { Headline } from './tone.ts';
import { workAtRisk } from './work-at-risk.ts';

export const sentences = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' ');

/** The list is newest first. */
const hasNewer = ({ checkpoints, safeName }: RunView): boolean =>
  checkpoints
    .filter(({ gone, origin }) => !gone && origin === 'this-run')
    .findIndex(({ name }) => name === safeName) > 0;

const finishedSaving = (t: Translate, run: RunView): string => {
  if (run.saves === 'checking') return t('finished_checking');
  const safe = safeWords(t, run);
  if (safe === null) return t('finished_none_saved');
  // A newer one that is not whole was saved all the same: nothing is said of the kernel's memory.
  if (run.step === null || run.safeStep === null || hasNewer(run)) return t('finished_last_saved', [safe]);
  const unsaved = run.step - run.safeStep;
  if (unsaved <= 0) return t('finished_all_saved');
  return run.unit === 'steps'
    ? t('finished_not_saved', [safe, plural(t, 'steps', unsaved)])
    : t('finished_not_saved_epochs', [safe]);
};

type Finished = Extract<NotebookState, { kind: 'finished' }>;

/** Its machine was taken back, and what it wrote is not on the new one's disk. */
export const isDiskGone = ({ machine, run }: Finished): boolean =>
  machine === 'replaced' && run.safeName === null;

/** The heading of a run that reached its end: it is safe only when its last step was saved and is still there. */
export const finishedHeadline = (t: Translate, state: Finished): Headline => {
  const { run, resumedFrom } = state;
  if (isDiskGone(state)) {
    const kept = newestKept(run);
    const step = placeWords(t, run, run.step ?? run.total ?? 0);
    return {
      tone: 'lost',
      heading: t('finished_machine_gone_heading'),
      text:
        kept === null
          ? t('finished_machine_gone_text', [step])
          : t('finished_machine_gone_kept', [step, reachWords(t, run, kept)]),
    };
  }
  const best = run.checkpoints.find((checkpoint) => checkpoint.isBest && !checkpoint.gone);
  // A whole checkpoint without a number may be of the last step or not.
  const isOpen = run.safeName !== null && run.safeStep === null;
  const allSaved = run.safeStep !== null && (run.step === null || run.step <= run.safeStep);
  return {
    tone: run.saves === 'checking' || isOpen ? 'plain' : allSaved ? 'safe' : 'risk',
    heading:
      run.step === null
        ? t('finished_heading_no_step')
        : t('finished_heading', [placeWords(t, run, run.step)]),
    text: sentences([
      finishedSaving(t, run),
      resumedFrom === null ? null : t('finished_resumed', [placeWords(t, run, resumedFrom)]),
      best === undefined ? null : t('finished_best', [reachWords(t, run, best)]),
    ]),
  };
};

const NOTHING_WHOLE = {
  seen: null,
  checking: 'lost_checking',
  'none-whole': 'lost_none_whole',
  unknown: 'lost_saves_unknown',
} as const satisfies Record<RunView['saves'], MessageKey | null>;

/**
 * What is safe and what is gone, after the run ended early.
 * @param isDiskNew whether the checkpoints went with their disk
 */
export const balance = (t: Translate, run: RunView, resume: ResumeView, isDiskNew = false): string => {
  if (resume.from === null) {
    const checking = resume.cell.kind === 'impossible' && resume.cell.reason === 'still-checking';
    if (checking) return t('lost_checking');
    const key = NOTHING_WHOLE[run.saves] ?? (isDiskNew ? 'lost_disk_gone' : 'lost_nothing_saved');
    const kept = newestKept(run);
    return key === 'lost_disk_gone' && kept !== null
      ? t('lost_disk_gone_kept', [reachWords(t, run, kept)])
      : t(key);
  }
  if (resume.restores.length > 0)
    return t(run.safeName === null ? 'lost_disk_gone_kept' : 'lost_kept_newer', [
      reachWords(t, run, resume.from),
    ]);
  const work = workAtRisk(t, run);
  const lost =
    run.stepsAtRisk === 0 && run.unit === 'steps'
      ? t('lost_no_work')
      : work === null
        ? null
        : t('lost_work', [work]);
  const since = run.stepSource === 'folder' || run.safeStep === null ? t('lost_work_since') : null;
  return sentences([t('lost_safe', [reachWords(t, run, resume.from)]), lost ?? since]);
};

/** The heading of a run that was interrupted or raised an error: the kernel is alive. */
export const stoppedHeadline = (
  t: Translate,
  run: RunView,
  reason: StopReason,
  resume: ResumeView,
): Headline => {
  const step = run.step === null ? null : [placeWords(t, run, run.step)];
  switch (reason.kind) {
    case 'interrupted':
      return {
        tone: 'risk',
        heading: step === null ? t('stopped_heading_no_step') : t('stopped_heading', step),
        text: sentences([t('stopped_interrupted_text'), balance(t, run, resume)]),
      };
    case 'error':
      return {
        tone: 'lost',
        heading: step === null ? t('stopped_error_heading_no_step') : t('stopped_error_heading', step),
        text: sentences([t('stopped_error_text'), balance(t, run, resume)]),
      };
    default:
      return reason satisfies never;
  }
};
