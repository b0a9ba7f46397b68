/** The memory of the machine that a run trains on is about to be full. */
export interface MemoryView {
  /** `filling`: not yet, but soon if it goes on like this. */
  readonly level: 'filling' | 'full';
  readonly usedBytes: number;
  readonly limitBytes: number;
  /** If it goes on like this; `null` where it does not plainly rise. */
  readonly fullInMs: number | null;
}
