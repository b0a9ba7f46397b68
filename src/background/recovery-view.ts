import type { NotebookState, ResumeCellView, RunView } from '../protocol/popup-view.ts';
import type { Notebook } from './notebook.ts';

export const recoveryState = (notebook: Notebook, run: RunView): NotebookState | null => {
  const { recovery } = notebook;
  if (recovery === null || recovery.status === 'done') return null;
  return {
    kind: 'recovering',
    run,
    status: recovery.status,
    steps: recovery.steps.map(({ kind, title, state, error }) => ({ kind, title, state, error })),
  };
};

/** What there is to say of the resume cell, the most useful thing first. */
export const resumeCellView = (notebook: Notebook): ResumeCellView => {
  const { inserted, run, copyText, insertFailure, resumeImpossible } = notebook;
  // After a second loss the cell of the first one is brought up to date in a moment.
  if (inserted !== null && inserted.runId === run?.id)
    return { kind: 'inserted', checkpoint: inserted.checkpoint };
  if (insertFailure !== null && copyText !== null)
    return { kind: 'failed', reason: insertFailure, text: copyText };
  if (resumeImpossible !== null) return { kind: 'impossible', reason: resumeImpossible };
  return copyText !== null && !notebook.canInsert
    ? { kind: 'copy', text: copyText }
    : { kind: 'not-inserted' };
};
