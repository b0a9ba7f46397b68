import { translate } from '../browser/translate.ts';
import { writeResumeCell, type ResumeTarget } from '../core/recovery/resume-cell.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { checkpointPath } from '../core/run/output-folder.ts';
import type { Run } from '../core/run/run.ts';
import type { TrainingSource } from '../core/source/training-source.ts';
import { MAX_SOURCE_LENGTH } from '../protocol/page-event.ts';
import { hasCells, type Notebook } from './notebook.ts';
import { readCells } from './page-link.ts';
import { readScriptOf } from './script-reading.ts';
import { trainingIn } from './run-start.ts';

/** The text of the cell that resumes a run from one of its checkpoints, made from the cell that ran. */
export const composeResumeCell = async (
  record: Notebook,
  run: Run,
  checkpoint: string,
): Promise<Result<string, 'no-train-call' | 'script-without-flag'>> => {
  const { folder, source } = run;
  // A source that was cut on its way out of the page must not come back as a cell.
  if (folder.kind !== 'known' || source.length >= MAX_SOURCE_LENGTH) return fail('no-train-call');
  const training = await trainingIn(record, run);
  const path = checkpointPath(folder.asWritten, checkpoint);
  const target = await targetOf(record, training);
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

const targetOf = async (record: Notebook, { call, script }: TrainingSource): Promise<ResumeTarget | null> => {
  if (call !== null) return { kind: 'call', call };
  if (script === null) return null;
  const cells = hasCells(record) ? await readCells(record) : record.heard;
  return { kind: 'script', script, flag: (await readScriptOf(record, cells, script))?.resumeFlag ?? null };
};
