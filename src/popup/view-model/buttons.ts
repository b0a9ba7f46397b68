import type { NotebookView, ResumeView, SetupCellView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';
import type { ActionButton } from './action-button.ts';
import { downloadNewest, downloadResult } from './download-buttons.ts';
import { plural } from './plural.ts';
import { putBack } from './put-back-button.ts';
import { saveNowButton } from './save-words.ts';
import { spokenSize, spokenTime } from './quantities.ts';
import { canRecover, isOnlyKept, resumeSituation, type ResumeSituation } from './setup-cells.ts';

/** The right next thing, and at most one other beside it. */
export interface ButtonPair {
  readonly main: ActionButton | null;
  readonly beside: ActionButton | null;
}

const NONE: ButtonPair = { main: null, beside: null };

/** What "recover" will do, with the time the ticked cells took before when all of them are known. */
const recoverSmall = (t: Translate, ticked: readonly SetupCellView[]): string => {
  if (ticked.length === 0) return t('recover_small_no_setup');
  const what = plural(t, 'recover_small', ticked.length);
  const times = ticked.map(({ tookMs }) => tookMs).filter((tookMs) => tookMs !== null);
  if (times.length < ticked.length) return what;
  const seconds = times.reduce((sum, tookMs) => sum + tookMs, 0) / 1000;
  return t('recover_small_time', [what, spokenTime(t, seconds)]);
};

/** @param diskKnown whether the disk with the checkpoints is known to be there still */
const dismiss = (t: Translate, notebookId: string, diskKnown = true): ActionButton => ({
  label: t('menu_dismiss'),
  small: diskKnown ? t('menu_dismiss_hint') : null,
  action: { kind: 'dismiss-run', notebookId },
});

/** Nothing was found to resume from. */
const nothingToResume = (
  t: Translate,
  notebookId: string,
  { worthAnotherLook }: ResumeSituation,
): ButtonPair => ({
  main: worthAnotherLook
    ? {
        label: t('look_again_button'),
        small: t('look_again_small'),
        action: { kind: 'insert-resume-cell', notebookId },
      }
    : null,
  beside: dismiss(t, notebookId, !worthAnotherLook),
});

const bytesOf = (restores: ResumeView['restores']): number =>
  restores.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const resumingSmall = (t: Translate, { restores }: ResumeView, ticked: readonly SetupCellView[]): string =>
  restores.length === 0
    ? recoverSmall(t, ticked)
    : t('recover_small_put_back', [spokenSize(t, bytesOf(restores)), recoverSmall(t, ticked)]);

/** Where the files come back and the rest is up to the user. */
const puttingBackSmall = (
  t: Translate,
  { restores }: ResumeView,
  ticked: readonly SetupCellView[],
): string => {
  const size = spokenSize(t, bytesOf(restores));
  return ticked.length === 0
    ? t('put_back_small', [size])
    : plural(t, 'put_back_small_setup', ticked.length, [size, String(ticked.length)]);
};

const recover = (
  t: Translate,
  notebookId: string,
  { resume }: ResumeSituation,
  label: string,
  ticked: readonly SetupCellView[],
): ActionButton => ({
  label,
  small: resume.byHand === null ? resumingSmall(t, resume, ticked) : puttingBackSmall(t, resume, ticked),
  action: { kind: 'recover', notebookId, setupCellIds: ticked.map(({ cellId }) => cellId) },
});

const insertedButtons = (
  t: Translate,
  notebookId: string,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): ButtonPair => {
  const label = t(ticked.length === 0 ? 'run_resume_button' : 'run_setup_resume_button');
  const next = canRecover(situation) ? recover(t, notebookId, situation, label, ticked) : null;
  return {
    main: situation.resume.from === null ? nothingToResume(t, notebookId, situation).main : next,
    beside: {
      label: t('undo_button'),
      small: t('undo_small'),
      action: { kind: 'undo-insert', notebookId },
    },
  };
};

const notInsertedButtons = (
  t: Translate,
  notebookId: string,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): ButtonPair => {
  const { from } = situation.resume;
  if (situation.isServerStopped) return { main: null, beside: dismiss(t, notebookId, false) };
  if (from === null) return nothingToResume(t, notebookId, situation);
  const insert = { kind: 'insert-resume-cell', notebookId } as const;
  if (situation.kernel === 'away')
    return {
      main: { label: t('insert_button_away'), small: t('insert_small_away'), action: insert },
      beside: null,
    };
  const name = [shortName(from.name)];
  const label = situation.kernelKeptVariables ? 'resume_button' : 'recover_button';
  return {
    main: recover(
      t,
      notebookId,
      situation,
      t(situation.resume.byHand === null ? label : 'put_back_button', name),
      ticked,
    ),
    // What is only kept in this browser is put back first.
    beside:
      situation.resume.restores.length === 0
        ? { label: t('insert_button'), small: null, action: insert }
        : null,
  };
};

const resumeButtons = (
  t: Translate,
  notebookId: string,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): ButtonPair => {
  const { cell } = situation.resume;
  switch (cell.kind) {
    case 'not-inserted':
      return notInsertedButtons(t, notebookId, situation, ticked);
    case 'inserted':
      return insertedButtons(t, notebookId, situation, ticked);
    case 'copy':
      // The main button is "copy the cell", beside the text itself.
      return NONE;
    case 'impossible':
      if (cell.reason === 'still-checking') return NONE;
      if (isOnlyKept(situation.resume) && situation.kernel === 'back')
        return notInsertedButtons(t, notebookId, situation, ticked);
      return cell.reason === 'no-checkpoint'
        ? nothingToResume(t, notebookId, situation)
        : { main: null, beside: dismiss(t, notebookId) };
    case 'failed': {
      const action = { kind: 'insert-resume-cell', notebookId } as const;
      const again = { label: t('retry_button'), small: null, action };
      const worthTrying = cell.reason === 'page-error' || cell.reason === 'not-read-back';
      return { main: null, beside: worthTrying ? again : null };
    }
    default:
      return cell satisfies never;
  }
};

/** On a new disk a copy in this browser comes first; looking again follows. */
const withPutBack = (buttons: ButtonPair, first: ActionButton | null): ButtonPair =>
  first === null ? buttons : { main: first, beside: buttons.main ?? buttons.beside };

/** The buttons of a notebook's state. `ticked` are the setup cells to run first. */
export const buttonsOf = (t: Translate, view: NotebookView, ticked: readonly SetupCellView[]): ButtonPair => {
  const { notebookId, state } = view;
  switch (state.kind) {
    case 'idle':
      return NONE;
    case 'training':
      return { main: saveNowButton(t, view, state.run), beside: downloadNewest(t, view, state.run) };
    case 'finished':
      return {
        main: downloadResult(t, view, state.run),
        beside: dismiss(t, notebookId, state.machine === 'same'),
      };
    case 'stopped':
    case 'lost': {
      const situation = resumeSituation(state);
      const buttons = situation === null ? NONE : resumeButtons(t, notebookId, situation, ticked);
      return withPutBack(buttons, putBack(t, view));
    }
    case 'recovering': {
      const action = { kind: 'stop-recovery', notebookId } as const;
      if (state.status === 'running')
        return { main: null, beside: { label: t('stop_button'), small: t('stop_small'), action } };
      const again = t(state.status === 'failed' ? 'recovery_retry_button' : 'recovery_go_on_button');
      // What began anew must not be run once more over it.
      const canRetry = !state.steps.some(({ error }) => error === 'from-zero');
      return {
        main: canRetry ? { label: again, small: null, action: { kind: 'retry-recovery', notebookId } } : null,
        beside: { label: t('back_button'), small: null, action },
      };
    }
    default:
      return state satisfies never;
  }
};
