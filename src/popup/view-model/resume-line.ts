import type { ResumeCellView } from '../../protocol/popup-view.ts';
import { shortName } from '../../core/plain-text.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { isOnlyKept, type ResumeSituation } from './setup-cells.ts';

/** One line about the resume cell, and its text where the user has to copy it. */
export interface ResumeLine {
  readonly line: string;
  readonly copyText: string | null;
  /** Something is wrong, as against a plain statement. */
  readonly trouble: boolean;
}

type Impossible = Extract<ResumeCellView, { kind: 'impossible' }>['reason'];
type Failure = Extract<ResumeCellView, { kind: 'failed' }>['reason'];

export const IMPOSSIBLE = {
  'no-checkpoint': 'cell_impossible_no_checkpoint',
  'no-train-call': 'cell_impossible_no_train_call',
  'script-without-flag': 'cell_impossible_script_without_flag',
  'script-not-read': 'cell_impossible_script_not_read',
  'idiom-unknown': 'cell_impossible_idiom_unknown',
  'cannot-resume': 'cell_impossible_cannot_resume',
  'trains-elsewhere': 'cell_impossible_trains_elsewhere',
  'no-save-call': 'cell_impossible_no_save_call',
  'path-not-writable': 'cell_impossible_path_not_writable',
  'still-checking': 'cell_impossible_still_checking',
} as const satisfies Record<Impossible, MessageKey>;

export const FAILED = {
  'not-read-back': 'cell_failed_not_read_back',
  'cell-not-found': 'cell_failed_cell_not_found',
  'read-only': 'cell_failed_read_only',
  'page-error': 'cell_failed_page_error',
} as const satisfies Record<Failure, MessageKey>;

/** What to say about the resume cell, or `null` when the buttons say everything. */
export const resumeLine = (t: Translate, { resume, kernel }: ResumeSituation): ResumeLine | null => {
  const { cell } = resume;
  switch (cell.kind) {
    case 'not-inserted':
      return null;
    case 'inserted':
      if (resume.from === null)
        return {
          line: t('cell_inserted_stale', [shortName(cell.checkpoint)]),
          copyText: null,
          trouble: true,
        };
      return {
        line: t(kernel === 'back' ? 'cell_inserted' : 'cell_inserted_away'),
        copyText: null,
        trouble: false,
      };
    case 'copy':
      return { line: t('cell_copy'), copyText: cell.text, trouble: false };
    case 'impossible':
      if (isOnlyKept(resume)) return null;
      return { line: t(IMPOSSIBLE[cell.reason]), copyText: null, trouble: cell.reason !== 'still-checking' };
    case 'failed':
      return { line: t(FAILED[cell.reason]), copyText: cell.text, trouble: true };
    default:
      return cell satisfies never;
  }
};
