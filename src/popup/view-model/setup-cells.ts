import type { LossView, NotebookState, ResumeView, SetupCellView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { isDiskInDoubt, isDiskNew } from '../../core/recovery/diagnosis.ts';
import { plainText } from '../../core/plain-text.ts';
import { spokenTime } from './quantities.ts';

/** What a resume card needs to know about its state. */
export interface ResumeSituation {
  readonly resume: ResumeView;
  readonly kernel: 'back' | 'away';
  /** A hub has stopped the page's server: nothing can be done in the page before it runs again. */
  readonly isServerStopped: boolean;
  /** After an interruption or an error the kernel still has its variables: setup is not needed. */
  readonly kernelKeptVariables: boolean;
  /** Another look may find a checkpoint where there was none: nobody could look, or the user brings it to a new disk. */
  readonly worthAnotherLook: boolean;
}

/** The resume part of a state, or `null` where there is nothing to resume. */
export const resumeSituation = (state: NotebookState): ResumeSituation | null => {
  switch (state.kind) {
    case 'stopped':
      return {
        resume: state.resume,
        kernel: 'back',
        isServerStopped: false,
        kernelKeptVariables: true,
        worthAnotherLook: state.run.saves === 'unknown',
      };
    case 'lost':
      return {
        resume: state.resume,
        kernel: state.loss.kernel,
        isServerStopped: state.loss.cause === 'server-stopped' && state.loss.kernel === 'away',
        kernelKeptVariables: false,
        worthAnotherLook: isDiskNew(state.loss) || isDiskUnseen(state.loss) || state.run.saves === 'unknown',
      };
    case 'idle':
    case 'training':
    case 'finished':
    case 'recovering':
      return null;
    default:
      return state satisfies never;
  }
};

const isDiskUnseen = ({ cause, disk }: LossView): boolean => disk === 'unknown' && isDiskInDoubt(cause);

/** Whether "recover" can be offered, so that the tick boxes have a meaning. */
export const canRecover = ({ resume, kernel }: ResumeSituation): boolean =>
  kernel === 'back' &&
  resume.from !== null &&
  (resume.cell.kind === 'not-inserted' || resume.cell.kind === 'inserted' || isOnlyKept(resume));

/** No cell can be written for what lies on the disk, but something better is in this browser. */
export const isOnlyKept = ({ restores, cell, byHand }: ResumeView): boolean =>
  restores.length > 0 && cell.kind === 'impossible' && (cell.reason === 'no-checkpoint' || byHand !== null);

/** Cells to run: ticked by default after a lost kernel, unticked when the kernel kept its variables. */
export const tickedCells = (
  situation: ResumeSituation,
  changedByUser: ReadonlyMap<string, boolean>,
): readonly SetupCellView[] =>
  situation.resume.setup.filter(
    ({ cellId, state }) =>
      state !== 'missing' && (changedByUser.get(cellId) ?? !situation.kernelKeptVariables),
  );

/** One tick box. */
export interface SetupLine {
  readonly cellId: string;
  readonly title: string;
  readonly isCode: boolean;
  readonly note: string | null;
  readonly time: string | null;
  readonly disabled: boolean;
  readonly ticked: boolean;
}

/** Cells that took less than a second say nothing about time. */
const tookTime = (t: Translate, { state, tookMs }: SetupCellView): string | null =>
  tookMs === null || tookMs < 1000 || state === 'missing' ? null : spokenTime(t, tookMs / 1000);

const NOTE = { same: null, changed: 'setup_changed', missing: 'setup_missing' } as const;
const MARK = { installs: 'setup_installs', asks: 'setup_asks' } as const;

const noteOf = (t: Translate, { state, mark }: SetupCellView): string | null => {
  const keys = [NOTE[state], mark === null ? null : MARK[mark]].filter((key) => key !== null);
  return keys.length === 0 ? null : keys.map((key) => t(key)).join(' · ');
};

/** The setup cells as tick boxes, in the order in which they ran. */
export const setupLines = (
  t: Translate,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): readonly SetupLine[] => {
  const tickedIds = new Set(ticked.map(({ cellId }) => cellId));
  return situation.resume.setup.map((cell) => {
    const title = plainText(cell.title, 80);
    return {
      cellId: cell.cellId,
      title: title === '' ? t('setup_empty_title') : title,
      isCode: title !== '',
      note: noteOf(t, cell),
      time: tookTime(t, cell),
      disabled: cell.state === 'missing',
      ticked: tickedIds.has(cell.cellId),
    };
  });
};
