import { fail, ok, type Result } from '../result.ts';
import type { FrameworkTraining } from '../source/framework-training.ts';
import type { ResumeFlag, ScriptCall, TrainCall } from '../source/training-source.ts';
import { commentOffset, commentSpan, holdfastComment } from './holdfast-cell.ts';
import { note, type IdiomFailure, type Note, type Rewrite } from './idioms/idiom.ts';
import { isWhole } from './idioms/python-edits.ts';
import { idiomFor } from './idioms/table.ts';
import { pythonLiteral } from './python-literal.ts';
import type { ResumePoint } from './resume-point.ts';
import { scriptCallEdit, type ScriptCallFailure } from './resume-script-call.ts';
import { trainCallEdit, type TrainCallFailure } from './resume-train-call.ts';
import { applyEdits } from './text-edit.ts';

/** What in the training cell is made to resume. */
export type ResumeTarget =
  /** The Hugging Face Trainer's. */
  | { readonly kind: 'call'; readonly call: TrainCall }
  | { readonly kind: 'script'; readonly script: ScriptCall; readonly flag: ResumeFlag | null }
  /** Any other framework's, in its own idiom. */
  | { readonly kind: 'framework'; readonly training: FrameworkTraining };

export interface ResumeCellInput {
  /** Source of the training cell, the same that the call's offsets were read from. */
  readonly source: string;
  readonly target: ResumeTarget;
  readonly point: ResumePoint;
  /** For the comment line, without `#`. `Holdfast` is put before it when it does not begin with that word. */
  readonly comment: string;
  /** The sentence of a note. */
  readonly noteText: (note: Note) => string;
}

/** A cell ready to be inserted. */
export interface ResumeCell {
  readonly source: string;
}

export type ResumeCellFailure = TrainCallFailure | ScriptCallFailure | IdiomFailure;

/**
 * Writes the cell that resumes: the user's own training cell with a Holdfast comment as its first line (after cell
 * magics) and the fewest edits that make it go on. Everything else is kept as written, so what is built in the cell is
 * built again and what follows the training still runs. Lines of Holdfast's own end in `# Holdfast`; what the user must
 * know stands as comments below the first.
 */
export function writeResumeCell(input: ResumeCellInput): Result<ResumeCell, ResumeCellFailure> {
  const { source } = input;
  const rewrite = rewriteOf(input);
  if (!rewrite.ok) return rewrite;
  const at = commentOffset(source);
  const old = commentSpan(source) ?? { from: at, to: at };
  const notes = rewrite.value.notes.map((one) => input.noteText(one));
  const lines = [input.comment, ...notes].map((text) => `${holdfastComment(text)}\n`);
  // The last of several at one place comes to stand first: the comment.
  const written = applyEdits(source, [...rewrite.value.edits, { ...old, text: lines.join('') }]);
  const broken = input.target.kind === 'framework' && isWhole(source) && !isWhole(written);
  return broken ? fail({ kind: 'unreadable-arguments' }) : ok({ source: written });
}

function rewriteOf({ source, target, point }: ResumeCellInput): Result<Rewrite, ResumeCellFailure> {
  if (target.kind === 'framework') return idiomFor(source, target.training, point);
  const edit =
    target.kind === 'call'
      ? trainCallEdit(source, target.call, pythonLiteral(point.path))
      : scriptCallEdit(source, target.script, target.flag, point.path);
  if (!edit.ok) return edit;
  const notes = point.holds === 'weights-only' ? [note('weights-only')] : [];
  return ok({ edits: [edit.value], notes });
}
