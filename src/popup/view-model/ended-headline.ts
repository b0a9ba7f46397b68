import type { NotebookState, ResumeView, RunView, StopReason } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { plural } from './plural.ts';
import { newestKept } from './takeable.ts';
import type { Headline } from './tone.ts';
import { workAtRisk } from './work-at-risk.ts';

export const sentences = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' ');

const hasNewer = ({ checkpoints, safeStep }: RunView): boolean =>
  checkpoints.some(({ gone, origin, step }) => !gone && origin === 'this-run' && step > (safeStep ?? 0));

const finishedSaving = (t: Translate, run: RunView): string => {
  if (run.saves === 'checking') return t('finished_checking');
  if (run.safeStep === null) return t('finished_none_saved');
  // A newer one that is not whole was saved all the same: nothing is said of the kernel's memory.
  if (run.step === null || hasNewer(run)) return t('finished_last_saved', [String(run.safeStep)]);
  const unsaved = run.step - run.safeStep;
  return unsaved <= 0
    ? t('finished_all_saved')
    : t('finished_not_saved', [String(run.safeStep), plural(t, 'steps', unsaved)]);
};

type Finished = Extract<NotebookState, { kind: 'finished' }>;

/** Its machine was taken back, and what it wrote is not on the new one's disk. */
export const isDiskGone = ({ machine, run }: Finished): boolean =>
  machine === 'replaced' && run.safeStep === null;

/** The heading of a run that reached its end: it is safe only when its last step was saved and is still there. */
export const finishedHeadline = (t: Translate, state: Finished): Headline => {
  const { run, resumedFrom } = state;
  if (isDiskGone(state)) {
    const kept = newestKept(run);
    const step = String(run.step ?? run.total ?? 0);
    return {
      tone: 'lost',
      heading: t('finished_machine_gone_heading'),
      text:
        kept === null
          ? t('finished_machine_gone_text', [step])
          : t('finished_machine_gone_kept', [step, String(kept.step)]),
    };
  }
  const best = run.checkpoints.find((checkpoint) => checkpoint.isBest && !checkpoint.gone);
  const allSaved = run.safeStep !== null && (run.step === null || run.step <= run.safeStep);
  return {
    tone: run.saves === 'checking' ? 'plain' : allSaved ? 'safe' : 'risk',
    heading: run.step === null ? t('finished_heading_no_step') : t('finished_heading', [String(run.step)]),
    text: sentences([
      finishedSaving(t, run),
      resumedFrom === null ? null : t('finished_resumed', [String(resumedFrom)]),
      best === undefined ? null : t('finished_best', [String(best.step)]),
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
    return key === 'lost_disk_gone' && kept !== null ? t('lost_disk_gone_kept', [String(kept.step)]) : t(key);
  }
  if (resume.restores.length > 0)
    return t(run.safeStep === null ? 'lost_disk_gone_kept' : 'lost_kept_newer', [String(resume.from.step)]);
  const work = workAtRisk(t, run);
  const lost = run.stepsAtRisk === 0 ? t('lost_no_work') : work === null ? null : t('lost_work', [work]);
  return sentences([t('lost_safe', [String(resume.from.step)]), lost]);
};

/** The heading of a run that was interrupted or raised an error: the kernel is alive. */
export const stoppedHeadline = (
  t: Translate,
  run: RunView,
  reason: StopReason,
  resume: ResumeView,
): Headline => {
  const step = run.step === null ? null : [String(run.step)];
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
