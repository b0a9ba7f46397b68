import { ok, type Result } from '../result.ts';
import type { ResumeFlag, ScriptCall, TrainCall } from '../source/training-source.ts';
import { commentOffset, commentSpan, holdfastComment } from './holdfast-cell.ts';
import { pythonLiteral } from './python-literal.ts';
import { scriptCallEdit, type ScriptCallFailure } from './resume-script-call.ts';
import { trainCallEdit, type TrainCallFailure } from './resume-train-call.ts';
import { applyEdits } from './text-edit.ts';

/** What in the training cell is made to resume. */
export type ResumeTarget =
  | { readonly kind: 'call'; readonly call: TrainCall }
  | { readonly kind: 'script'; readonly script: ScriptCall; readonly flag: ResumeFlag | null };

export interface ResumeCellInput {
  /** Source of the training cell, the same that the call's offsets were read from. */
  readonly source: string;
  readonly target: ResumeTarget;
  /** The checkpoint folder as the kernel (for a script: the script) must see it. */
  readonly checkpointPath: string;
  /** For the comment line, without `#`. `Holdfast` is put before it when it does not begin with that word. */
  readonly comment: string;
}

/** A cell ready to be inserted. */
export interface ResumeCell {
  readonly source: string;
}

export type ResumeCellFailure = TrainCallFailure | ScriptCallFailure;

/**
 * Writes the cell that resumes: the user's own training cell with a Holdfast comment as its first line (after cell
 * magics) and one edit, the checkpoint path. Everything else is kept as written, so a trainer that is built in the
 * cell is built again and what follows the training still runs.
 */
export function writeResumeCell(input: ResumeCellInput): Result<ResumeCell, ResumeCellFailure> {
  const { source, target, checkpointPath } = input;
  const edit =
    target.kind === 'call'
      ? trainCallEdit(source, target.call, pythonLiteral(checkpointPath))
      : scriptCallEdit(source, target.script, target.flag, checkpointPath);
  if (!edit.ok) return edit;
  const at = commentOffset(source);
  const old = commentSpan(source) ?? { from: at, to: at };
  const comment = { ...old, text: `${holdfastComment(input.comment)}\n` };
  return ok({ source: applyEdits(source, [comment, edit.value]) });
}
