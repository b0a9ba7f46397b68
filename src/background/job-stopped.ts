import type { JobFailure } from '../protocol/home-view.ts';
import type { TaskEnd } from '../protocol/transfer-message.ts';

/** Leaves a job where it is; `null`: because the user said so. */
export class JobStopped extends Error {
  readonly why: JobFailure | null;
  constructor(why: JobFailure | null) {
    super(why?.kind ?? 'stopped');
    this.why = why;
  }
}

/** Of a task that ended as no task of its kind does. */
export const unexpectedEnd = ({ kind }: TaskEnd): JobStopped =>
  new JobStopped({ kind: 'unexpected', said: `the task ended as ${kind}` });
