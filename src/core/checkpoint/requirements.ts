/** What has to be in a checkpoint, seen from what is in it. */
export interface Requirements {
  /** Files that have to be there and proven. */
  readonly files: readonly string[];
  /** Files and folders that matter and can't be proven from outside. */
  readonly opaque: readonly string[];
  readonly resumes: Resumes;
}

export type Resumes = 'exactly' | 'weights-only' | 'unknown';
