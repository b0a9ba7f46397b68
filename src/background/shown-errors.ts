/** An output frame draws a traceback a moment before or after the page shows that the cell ended. */
const MAX_WAIT_MS = 1500;
const MAX_KEPT = 20;

export interface ShownErrors {
  note(executionId: string, line: string): void;
  /** The last line of the traceback of an execution that ended with an error; `null` when none is drawn. */
  lineOf(executionId: string): Promise<string | null>;
}

/** Errors that output frames drew, until the end of their cell asks for them. */
export const createShownErrors = (): ShownErrors => {
  const lines = new Map<string, string>();
  const waiting = new Map<string, (line: string) => void>();
  return {
    note(executionId, line) {
      lines.set(executionId, line);
      for (const id of [...lines.keys()].slice(0, -MAX_KEPT)) lines.delete(id);
      waiting.get(executionId)?.(line);
    },
    lineOf(executionId) {
      const known = lines.get(executionId);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve) => {
        const done = (line: string | null): void => {
          waiting.delete(executionId);
          resolve(line);
        };
        waiting.set(executionId, done);
        setTimeout(() => done(null), MAX_WAIT_MS);
      });
    },
  };
};
