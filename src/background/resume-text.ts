import { translate } from '../browser/translate.ts';
import { writeResumeCell, type ResumeTarget } from '../core/recovery/resume-cell.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { checkpointPath } from '../core/run/output-folder.ts';
import type { Run } from '../core/run/run.ts';
import type { TrainingSource } from '../core/source/training-source.ts';
import { MAX_SOURCE_LENGTH } from '../protocol/page-event.ts';
import type { Notebook } from './notebook.ts';
import type { TrainingReader } from './training-reading.ts';

/** Why there is no cell. Of a script that could not be read it is not known whether it can resume. */
export type NoResumeCell = 'no-train-call' | 'script-without-flag' | 'script-not-read';

/** The text of the cell that resumes a run from one of its checkpoints, made from the cell that ran. */
export const composeResumeCell = async (
  reader: TrainingReader,
  record: Notebook,
  run: Run,
  checkpoint: string,
): Promise<Result<string, NoResumeCell>> => {
  const { folder, source } = run;
  // A source that was cut on its way out of the page must not come back as a cell.
  if (folder.kind !== 'known' || source.length >= MAX_SOURCE_LENGTH) return fail('no-train-call');
  const training = await reader.training(record, run);
  const path = checkpointPath(folder.asWritten, checkpoint);
  const target = await targetOf(reader, record, training);
  if (!target.ok) return target;
  const cell = writeResumeCell({
    source,
    target: target.value,
    checkpointPath: path,
    comment: translate('cell_comment_resume', [checkpoint]),
  });
  if (cell.ok) return ok(cell.value.source);
  return fail(target.value.kind === 'script' ? 'script-without-flag' : 'no-train-call');
};

const targetOf = async (
  reader: TrainingReader,
  record: Notebook,
  { call, script }: TrainingSource,
): Promise<Result<ResumeTarget, NoResumeCell>> => {
  if (call !== null) return ok({ kind: 'call', call });
  if (script === null) return fail('no-train-call');
  const read = await reader.script(record, script);
  return read === null ? fail('script-not-read') : ok({ kind: 'script', script, flag: read.resumeFlag });
};
