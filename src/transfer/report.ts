import type { TaskFailure } from '../protocol/transfer-message.ts';

/** How a task tells how far it is, in bytes of the whole task. */
export interface Meter {
  /** The task is that much larger than was known. */
  readonly total: (bytes: number) => void;
  /** That many more are here. Negative when some have to come anew. */
  readonly add: (bytes: number) => void;
}

/** Ends a task from anywhere within it. */
export class TaskStopped extends Error {
  readonly why: TaskFailure | null;

  /** @param why `null`: the user stopped it. */
  constructor(why: TaskFailure | null) {
    super(why === null ? 'stopped' : why.kind);
    this.why = why;
  }
}
