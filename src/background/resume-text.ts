import { translate } from '../browser/translate.ts';
import { writeResumeCell, type ResumeTarget } from '../core/recovery/resume-cell.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { checkpointPath } from '../core/run/output-folder.ts';
import type { Run } from '../core/run/run.ts';
import type { TrainingSource } from '../core/source/training-source.ts';
import { MAX_SOURCE_LENGTH } from '../protocol/page-event.ts';
import type { Notebook } from './notebook.ts';
import type { TrainingReader } from './training-reading.ts';

/** The text of the cell that resumes a run from one of its checkpoints, made from the cell that ran. */
export const composeResumeCell = async (
  reader: TrainingReader,
  record: Notebook,
  run: Run,
  checkpoint: string,
): Promise<Result<string, 'no-train-call' | 'script-without-flag'>> => {
  const { folder, source } = run;
  // A source that was cut on its way out of the page must not come back as a cell.
  if (folder.kind !== 'known' || source.length >= MAX_SOURCE_LENGTH) return fail('no-train-call');
  const training = await reader.training(record, run);
  const path = checkpointPath(folder.asWritten, checkpoint);
  const target = await targetOf(reader, record, training);
  if (target === null) return fail('no-train-call');
  const cell = writeResumeCell({
    source,
    target,
    checkpointPath: path,
    comment: translate('cell_comment_resume', [checkpoint]),
  });
  if (cell.ok) return ok(cell.value.source);
  return fail(target.kind === 'script' ? 'script-without-flag' : 'no-train-call');
};

const targetOf = async (
  reader: TrainingReader,
  record: Notebook,
  { call, script }: TrainingSource,
): Promise<ResumeTarget | null> => {
  if (call !== null) return { kind: 'call', call };
  if (script === null) return null;
  return { kind: 'script', script, flag: (await reader.script(record, script))?.resumeFlag ?? null };
};
