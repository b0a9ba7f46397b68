import type { LoopNames } from '../reach/resume-loop-lines.ts';

/** The checkpoint that a run goes on from, as the code that resumes has to know it. */
export interface ResumePoint {
  /** As the kernel (for a script: the script) sees it. */
  readonly path: string;
  /** `prefix`: several files that share the beginning of their names (TensorFlow's `ckpt-3.index`, `ckpt-3.data-…`). */
  readonly form: 'folder' | 'file' | 'prefix';
  /** Steps that were done when it was written; `null` where its framework counts none. */
  readonly step: number | null;
  /** Epoch as its name or its files have it, in the counting of its framework; `null` where unknown. */
  readonly epoch: number | null;
  /** `unknown`: its framework's format cannot be looked into from outside. */
  /** It was made for a click while a plain loop ran: the names under which its states lie in the file. */
  readonly asked?: LoopNames;
  readonly holds: 'everything' | 'weights-only' | 'unknown';
}
