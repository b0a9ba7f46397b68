import type { HomeView } from '../protocol/home-view.ts';
import type { NotebookState, ResumeCellView, RunView } from '../protocol/popup-view.ts';
import { whyByHand } from '../core/recovery/by-hand.ts';
import type { Notebook } from './notebook.ts';
import { isUnheard } from './recovery-steps.ts';

/** @param home What is under way: the copy that is put back is a job of its own. */
export const recoveryState = (notebook: Notebook, run: RunView, home: HomeView): NotebookState | null => {
  const { recovery } = notebook;
  if (recovery === null || recovery.status === 'done') return null;
  return {
    kind: 'recovering',
    run,
    status: recovery.status,
    steps: recovery.steps.map((step) => ({
      kind: step.kind,
      title: step.title,
      state: step.state,
      error: step.error,
      sizeBytes: step.sizeBytes,
      unheard: isUnheard(step),
      doneBytes: step.copyId === null ? null : doneOf(step.copyId, home),
    })),
  };
};

const doneOf = (copyId: string, { jobs }: HomeView): number | null => {
  const job = jobs.find(({ to, copyIds }) => to === 'server' && copyIds.includes(copyId));
  return job !== undefined && 'doneBytes' in job.state ? job.state.doneBytes : null;
};

/**
 * What there is to say of the resume cell, the most useful thing first.
 *
 * @param isOnDisk Whether what it would resume from lies on the disk.
 */
export const resumeCellView = (notebook: Notebook, isOnDisk: boolean): ResumeCellView => {
  const { inserted, run, copyText, insertFailure, resumeImpossible } = notebook;
  // After a second loss the cell of the first one is brought up to date in a moment.
  if (inserted !== null && inserted.runId === run?.id)
    return { kind: 'inserted', checkpoint: inserted.checkpoint };
  if (insertFailure !== null && copyText !== null)
    return { kind: 'failed', reason: insertFailure, text: copyText };
  const byHand = run === null ? null : whyByHand(run);
  if (byHand !== null && isOnDisk) return { kind: 'impossible', reason: byHand };
  if (resumeImpossible !== null) return { kind: 'impossible', reason: resumeImpossible };
  return copyText !== null && !notebook.canInsert
    ? { kind: 'copy', text: copyText }
    : { kind: 'not-inserted' };
};
