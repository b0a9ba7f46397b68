import * as v from 'valibot';
import { frameworkSchema } from '../framework.ts';
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
      'not-announced',
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
 * - `complete`: every file that must be there is there and proven whole. What it `resumes` is `unknown` where the file is
 *   whole and only its own program can say what is in it (a `last.pt` of somebody's loop).
 * - `broken`: at least one proof failed.
 * - `unproven`: nothing is wrong, but a file of a format that can't be proven from outside is among them.
 */
export const integritySchema = v.variant('kind', [
  v.object({ kind: v.picklist(['unchecked', 'writing']) }),
  v.object({ kind: v.literal('complete'), resumes: v.picklist(['exactly', 'weights-only', 'unknown']) }),
  v.object({
    kind: v.literal('broken'),
    defects: v.pipe(v.tupleWithRest([defectSchema], defectSchema), v.readonly()),
  }),
  v.object({ kind: v.literal('unproven'), files: v.pipe(v.array(v.string()), v.readonly()) }),
]);
export type Integrity = Readonly<v.InferOutput<typeof integritySchema>>;

/** What an evaluation logged beside its loss: `accuracy`, `f1`, by the names of the user's `compute_metrics`. */
export const metricSchema = v.object({ name: v.string(), value: v.number() });
export type Metric = Readonly<v.InferOutput<typeof metricSchema>>;

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
  /** What the last evaluation at or before `globalStep` measured, its loss excepted; absent in records from before it was read. */
  lastMetrics: v.optional(
    v.nullable(v.object({ step: v.number(), metrics: v.pipe(v.array(metricSchema), v.readonly()) })),
  ),
});
export type TrainerState = Readonly<v.InferOutput<typeof trainerStateSchema>>;

/**
 * - `folder`: `checkpoint-400`.
 * - `file`: `epoch=3-step=400.ckpt`, `last.pt`.
 * - `prefix`: several files that share the beginning of their names, without a folder of their own (TensorFlow's
 *   `model.ckpt-1000.index`, `model.ckpt-1000.data-00000-of-00001`).
 */
export const checkpointFormSchema = v.picklist(['folder', 'file', 'prefix']);
export type CheckpointForm = v.InferOutput<typeof checkpointFormSchema>;

/**
 * A checkpoint as last seen on the machine that trains. The defaults are for records from before Holdfast knew more than
 * the folders of the Hugging Face Trainer.
 */
export const checkpointSchema = v.object({
  /** Name of the folder or file, or the shared beginning of the names; unique in its output folder. */
  name: v.string(),
  framework: v.optional(frameworkSchema, 'transformers'),
  form: v.optional(checkpointFormSchema, 'folder'),
  /** Steps that were done when it was written; `null` where neither its name nor its files tell. */
  step: numberOrNull,
  /** As its framework counts them, from 0 or from 1 (`epochsDone` knows); `null` where unknown. */
  epoch: v.optional(numberOrNull, null),
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
