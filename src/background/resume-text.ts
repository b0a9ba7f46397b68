import { translate } from '../browser/translate.ts';
import type { Checkpoint } from '../core/checkpoint/checkpoint.ts';
import { withoutOwnLines } from '../core/recovery/holdfast-cell.ts';
import { writeResumeCell, type ResumeCellFailure, type ResumeTarget } from '../core/recovery/resume-cell.ts';
import { resumePoint } from '../core/recovery/resume-point-of.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Run } from '../core/run/run.ts';
import type { TrainingSource } from '../core/source/training-source.ts';
import { MAX_SOURCE_LENGTH } from '../protocol/page-event.ts';
import type { Notebook } from './notebook.ts';
import { noteText } from './note-text.ts';
import type { TrainingReader } from './training-reading.ts';

/** Why there is no cell. Of a script that could not be read it is not known whether it can resume. */
export type NoResumeCell =
  | 'no-train-call'
  | 'script-without-flag'
  | 'script-not-read'
  | 'idiom-unknown'
  | 'cannot-resume'
  | 'trains-elsewhere'
  | 'no-save-call'
  | 'path-not-writable';

export type ResumedFrom = Pick<Checkpoint, 'name' | 'form' | 'step' | 'epoch' | 'integrity'>;

/** The text of the cell that resumes a run from one of its checkpoints, made from the cell that ran. */
export const composeResumeCell = async (
  reader: TrainingReader,
  record: Notebook,
  run: Run,
  checkpoint: ResumedFrom,
): Promise<Result<string, NoResumeCell>> => {
  const { folder } = run;
  // A source that was cut on its way out of the page must not come back as a cell.
  if (folder.kind !== 'known' || run.source.length >= MAX_SOURCE_LENGTH) return fail('no-train-call');
  const source = withoutOwnLines(run.source);
  const training = await reader.training(record, { ...run, source });
  const target = await targetOf(reader, record, training);
  if (!target.ok) return target;
  const cell = writeResumeCell({
    source,
    target: target.value,
    point: resumePoint(checkpoint, folder.asWritten, record.saves?.names),
    comment: translate('cell_comment_resume', [checkpoint.name]),
    noteText,
  });
  return cell.ok ? ok(cell.value.source) : fail(reasonOf(cell.failure));
};

const targetOf = async (
  reader: TrainingReader,
  record: Notebook,
  { call, training, script }: TrainingSource,
): Promise<Result<ResumeTarget, NoResumeCell>> => {
  if (call !== null) return ok({ kind: 'call', call });
  if (training !== null) return ok({ kind: 'framework', training });
  if (script === null) return fail('no-train-call');
  const read = await reader.script(record, script);
  return read === null ? fail('script-not-read') : ok({ kind: 'script', script, flag: read.resumeFlag });
};

const reasonOf = ({ kind }: ResumeCellFailure): NoResumeCell => {
  switch (kind) {
    case 'no-train-call':
    case 'no-script-call':
    case 'unreadable-arguments':
      return 'no-train-call';
    case 'script-without-flag':
    case 'script-flag-takes-no-value':
    case 'script-ignores-flag':
      return 'script-without-flag';
    case 'idiom-unknown':
    case 'cannot-resume':
    case 'trains-elsewhere':
    case 'no-save-call':
    case 'path-not-writable':
      return kind;
    default:
      return kind satisfies never;
  }
};
