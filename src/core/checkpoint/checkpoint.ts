/** Why a checkpoint is not (or not yet) called complete. Each kind has one sentence in the messages file. */
export type Defect =
  | { readonly kind: 'file-missing'; readonly file: string }
  | { readonly kind: 'file-empty'; readonly file: string }
  | { readonly kind: 'file-cut-short'; readonly file: string }
  | { readonly kind: 'not-json'; readonly file: string }
  | { readonly kind: 'wrong-step'; readonly file: string; readonly step: number }
  | { readonly kind: 'marked-incomplete'; readonly file: string }
  | { readonly kind: 'unreadable'; readonly file: string };

/**
 * What is known of a checkpoint's integrity, from outside, without the kernel.
 * - `unchecked`: seen, not looked at yet.
 * - `writing`: sizes changed between two looks, or only one look was taken.
 * - `complete`: every file that must be there is there and proven whole.
 * - `broken`: at least one proof failed.
 * - `unproven`: nothing is wrong, but a file of a format that can't be proven from outside is among them.
 */
export type Integrity =
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'complete'; readonly resumes: 'exactly' | 'weights-only' }
  | { readonly kind: 'broken'; readonly defects: readonly [Defect, ...Defect[]] }
  | { readonly kind: 'unproven'; readonly files: readonly string[] };

/** What `trainer_state.json` tells about the run that wrote it (Transformers `TrainerState`). */
export interface TrainerState {
  readonly globalStep: number;
  readonly epoch: number | null;
  readonly maxSteps: number | null;
  readonly saveSteps: number | null;
  readonly bestMetric: number | null;
  readonly bestModelCheckpoint: string | null;
  /** Last training loss at or before `globalStep`, with its step. */
  readonly lastLoss: { readonly step: number; readonly loss: number } | null;
  readonly lastEvalLoss: { readonly step: number; readonly loss: number } | null;
}

/** A checkpoint folder as last seen on the machine that trains. */
export interface Checkpoint {
  /** Folder name, for example `checkpoint-400`. */
  readonly name: string;
  readonly step: number;
  /** Sum of the sizes of its files; `null` before it was looked at. */
  readonly sizeBytes: number | null;
  /** Newest change of any of its files, milliseconds since the epoch, server's clock. */
  readonly modifiedAt: number | null;
  readonly integrity: Integrity;
  readonly trainerState: TrainerState | null;
}
