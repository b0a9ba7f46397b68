import * as v from 'valibot';
import type { Checkpoint } from '../core/checkpoint/checkpoint.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import type { FileVerdict } from '../core/checkpoint/proof.ts';

/** What one look leaves behind for the next. Plain data, fit for storage. */
export interface FolderMemory {
  readonly path: string;
  readonly checkpoints: readonly CheckpointMemory[];
}

export interface CheckpointMemory {
  /** The folder's own time in the listing of the output folder. */
  readonly folderModifiedAt: number | null;
  /** `null`: not listed yet, or it moved while it was being read, so that the next look is a first one. */
  readonly listing: FolderListing | null;
  readonly verdicts: readonly RememberedVerdict[];
  readonly checkpoint: Checkpoint;
}

/** Holds for a file as long as its size and time are these. */
export interface RememberedVerdict {
  readonly file: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number | null;
  readonly verdict: FileVerdict;
}

const numberOrNull = v.nullable(v.number());
const loss = v.nullable(v.object({ step: v.number(), loss: v.number() }));
const trainerState = v.object({
  globalStep: v.number(),
  epoch: numberOrNull,
  maxSteps: numberOrNull,
  saveSteps: numberOrNull,
  bestMetric: numberOrNull,
  bestModelCheckpoint: v.nullable(v.string()),
  lastLoss: loss,
  lastEvalLoss: loss,
});
const defect = v.variant('kind', [
  v.object({ kind: v.literal('wrong-step'), file: v.string(), step: v.number() }),
  v.object({
    kind: v.picklist([
      'file-missing',
      'file-empty',
      'file-cut-short',
      'not-json',
      'marked-incomplete',
      'unreadable',
    ]),
    file: v.string(),
  }),
]);
const integrity = v.variant('kind', [
  v.object({ kind: v.picklist(['unchecked', 'writing']) }),
  v.object({ kind: v.literal('complete'), resumes: v.picklist(['exactly', 'weights-only']) }),
  v.object({ kind: v.literal('broken'), defects: v.tupleWithRest([defect], defect) }),
  v.object({ kind: v.literal('unproven'), files: v.array(v.string()) }),
]);
const verdict = v.variant('kind', [
  v.object({ kind: v.picklist(['whole', 'unproven']) }),
  v.object({ kind: v.literal('trainer-state'), state: trainerState }),
  v.object({ kind: v.literal('weight-index'), shards: v.array(v.string()) }),
  v.object({ kind: v.literal('defect'), defect }),
]);
const listing = v.object({
  path: v.string(),
  entries: v.array(
    v.object({
      name: v.string(),
      kind: v.picklist(['file', 'directory']),
      sizeBytes: numberOrNull,
      modifiedAt: numberOrNull,
    }),
  ),
});
const checkpoint = v.object({
  name: v.string(),
  step: v.number(),
  sizeBytes: numberOrNull,
  modifiedAt: numberOrNull,
  integrity,
  trainerState: v.nullable(trainerState),
});
const memory = v.object({
  folderModifiedAt: numberOrNull,
  listing: v.nullable(listing),
  verdicts: v.array(v.object({ file: v.string(), sizeBytes: v.number(), modifiedAt: numberOrNull, verdict })),
  checkpoint,
});

/** For whoever reads a `FolderMemory` back from storage. */
export const folderMemorySchema: v.GenericSchema<unknown, FolderMemory> = v.object({
  path: v.string(),
  checkpoints: v.array(memory),
});
