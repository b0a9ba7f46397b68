import * as v from 'valibot';
import {
  checkpointSchema,
  defectSchema,
  trainerStateSchema,
  type Checkpoint,
} from '../core/checkpoint/checkpoint.ts';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';
import type { FolderListing } from '../core/checkpoint/listing.ts';
import type { FileVerdict } from '../core/checkpoint/proof.ts';

/** What one look leaves behind for the next. Plain data, fit for storage. */
export interface FolderMemory {
  readonly path: string;
  readonly checkpoints: readonly CheckpointMemory[];
  /** Folders whose names look like a checkpoint's and that hold none; until their time changes they are not listed again. */
  readonly others: readonly { readonly name: string; readonly modifiedAt: number | null }[];
  readonly pointers: readonly PointerMemory[];
}

/** A text beside the checkpoints that names the newest; `text` is `null` where it could not be read. */
export interface PointerMemory {
  readonly file: string;
  readonly sizeBytes: number | null;
  readonly modifiedAt: number | null;
  readonly text: string | null;
}

export interface CheckpointMemory {
  /** The newest time of its own entries in the listing of the output folder. */
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
const verdict = v.variant('kind', [
  v.object({ kind: v.literal('whole'), packages: v.exactOptional(packageVersionsSchema) }),
  v.object({ kind: v.literal('unproven') }),
  v.object({ kind: v.literal('trainer-state'), state: trainerStateSchema }),
  v.object({ kind: v.literal('weight-index'), shards: v.array(v.string()) }),
  v.object({ kind: v.literal('progress'), step: numberOrNull, epoch: numberOrNull }),
  v.object({ kind: v.literal('defect'), defect: defectSchema }),
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
const memory = v.object({
  folderModifiedAt: numberOrNull,
  listing: v.nullable(listing),
  verdicts: v.array(v.object({ file: v.string(), sizeBytes: v.number(), modifiedAt: numberOrNull, verdict })),
  checkpoint: checkpointSchema,
});

/** For whoever reads a `FolderMemory` back from storage. */
export const folderMemorySchema: v.GenericSchema<unknown, FolderMemory> = v.object({
  path: v.string(),
  checkpoints: v.array(memory),
  others: v.optional(v.array(v.object({ name: v.string(), modifiedAt: numberOrNull })), []),
  pointers: v.optional(
    v.array(
      v.object({
        file: v.string(),
        sizeBytes: numberOrNull,
        modifiedAt: numberOrNull,
        text: v.nullable(v.string()),
      }),
    ),
    [],
  ),
});
