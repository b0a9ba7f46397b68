/**
 * What the lines of one log are read in the light of: one object for each scanner. A format keeps what it needs of
 * the lines before with `remembers`, in bounded memory.
 */
export interface LogContext {
  /** Line that is being read, counted from 0 over `\n`. */
  readonly line: number;
}

/**
 * Memory of a format: for each log an object of its own, made when it is first asked for. Lines are read in their
 * order whatever the chunks, so what is remembered does not depend on them.
 */
export function remembers<Memory extends object>(create: () => Memory): (context: LogContext) => Memory {
  const memories = new WeakMap<LogContext, Memory>();
  return (context) => {
    const known = memories.get(context);
    if (known !== undefined) return known;
    const memory = create();
    memories.set(context, memory);
    return memory;
  };
}
