import * as v from 'valibot';
import { packageVersionsSchema } from '../recovery/package-versions.ts';

const numberOrNull = v.nullable(v.number());

/** Why a checkpoint is not (or not yet) called complete. Each kind has one sentence in the messages file. */
export const defectSchema = v.variant('kind', [
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
export type Defect = Readonly<v.InferOutput<typeof defectSchema>>;

/**
 * What is known of a checkpoint's integrity, from outside, without the kernel.
 * - `unchecked`: seen, not looked at yet.
 * - `writing`: sizes changed between two looks, or only one look was taken.
 * - `complete`: every file that must be there is there and proven whole.
 * - `broken`: at least one proof failed.
 * - `unproven`: nothing is wrong, but a file of a format that can't be proven from outside is among them.
 */
export const integritySchema = v.variant('kind', [
  v.object({ kind: v.picklist(['unchecked', 'writing']) }),
  v.object({ kind: v.literal('complete'), resumes: v.picklist(['exactly', 'weights-only']) }),
  v.object({
    kind: v.literal('broken'),
    defects: v.pipe(v.tupleWithRest([defectSchema], defectSchema), v.readonly()),
  }),
  v.object({ kind: v.literal('unproven'), files: v.pipe(v.array(v.string()), v.readonly()) }),
]);
export type Integrity = Readonly<v.InferOutput<typeof integritySchema>>;

const lossAt = v.nullable(v.object({ step: v.number(), loss: v.number() }));

/** What `trainer_state.json` tells about the run that wrote it (Transformers `TrainerState`). */
export const trainerStateSchema = v.object({
  globalStep: v.number(),
  epoch: numberOrNull,
  maxSteps: numberOrNull,
  saveSteps: numberOrNull,
  bestMetric: numberOrNull,
  bestModelCheckpoint: v.nullable(v.string()),
  /** Last training loss at or before `globalStep`, with its step. */
  lastLoss: lossAt,
  lastEvalLoss: lossAt,
});
export type TrainerState = Readonly<v.InferOutput<typeof trainerStateSchema>>;

/** A checkpoint folder as last seen on the machine that trains. */
export const checkpointSchema = v.object({
  /** Folder name, for example `checkpoint-400`. */
  name: v.string(),
  step: v.number(),
  /** Sum of the sizes of its files; `null` before it was looked at. */
  sizeBytes: numberOrNull,
  /** Newest change of any of its files, milliseconds since the epoch, server's clock. */
  modifiedAt: numberOrNull,
  integrity: integritySchema,
  trainerState: v.nullable(trainerStateSchema),
  /** Versions of the packages that wrote it, as its own files tell. */
  packages: v.exactOptional(packageVersionsSchema),
});
export type Checkpoint = Readonly<v.InferOutput<typeof checkpointSchema>>;
