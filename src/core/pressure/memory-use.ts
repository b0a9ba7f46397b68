/** What is taken of a memory, and how much there is; what can be given back at once (files that were read) does not count as taken. */
export interface MemoryUse {
  readonly usedBytes: number;
  readonly limitBytes: number;
}

/** Where several limits hold, the one that is reached first; `null` where none is known. */
export const tightest = (uses: readonly MemoryUse[]): MemoryUse | null =>
  uses.toSorted((a, b) => a.limitBytes - a.usedBytes - (b.limitBytes - b.usedBytes))[0] ?? null;
