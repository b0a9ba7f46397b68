import * as v from 'valibot';
import { checkpointFormSchema } from '../core/checkpoint/checkpoint.ts';
import { frameworkSchema } from '../core/framework.ts';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';
import type { JobFailure } from './home-view.ts';
import type { ServerTrouble } from './server-trouble.ts';

/**
 * Between the background and the worker that moves bytes. Tasks are named by the background; one that runs or has ended
 * already is not begun again, and its end is told again: the background may have slept through it.
 */
const accessSchema = v.object({
  token: v.optional(v.string()),
  proof: v.optional(v.record(v.string(), v.string())),
});

const reachedSchema = v.object({
  address: v.object({ origin: v.string(), basePath: v.string() }),
  access: accessSchema,
});
export type Reached = v.InferOutput<typeof reachedSchema>;

const numberOrNull = v.nullable(v.number());

const copyTaskSchema = v.object({
  kind: v.literal('copy'),
  taskId: v.string(),
  server: reachedSchema,
  /** The checkpoint's path, relative to the server's root; also of one that is no folder. */
  folder: v.string(),
  notebook: v.object({ id: v.string(), name: v.string() }),
  name: v.string(),
  framework: frameworkSchema,
  form: checkpointFormSchema,
  step: numberOrNull,
  epoch: numberOrNull,
  loss: numberOrNull,
  packages: v.exactOptional(packageVersionsSchema),
  extent: v.picklist(['everything', 'inference']),
  purpose: v.picklist(['keep', 'automatic', 'zip']),
  /** The archive of its job that goes to the downloads meanwhile, and which of the archive's copies it is. */
  live: v.nullable(
    v.object({
      id: v.string(),
      fileName: v.string(),
      copies: v.pipe(v.array(v.object({ name: v.string(), form: checkpointFormSchema })), v.readonly()),
      place: v.number(),
    }),
  ),
  /** Nobody waits for it: it yields to the notebook. `null`: without a limit beyond that. */
  pace: v.optional(v.object({ mostBytesPerSecond: numberOrNull })),
});
export type CopyTask = v.InferOutput<typeof copyTaskSchema>;

const zipTaskSchema = v.object({
  kind: v.literal('zip'),
  taskId: v.string(),
  copyIds: v.pipe(v.array(v.string()), v.readonly()),
  /** The archive that is on its way already; made anew when it is not whole. */
  liveId: v.nullable(v.string()),
});
export type ZipTask = v.InferOutput<typeof zipTaskSchema>;

const restoreTaskSchema = v.object({
  kind: v.literal('restore'),
  taskId: v.string(),
  server: reachedSchema,
  copyId: v.string(),
  /** The path that the checkpoint is to have, relative to the server's root. */
  folder: v.string(),
  /** What becomes of something else that lies there. Nothing is ever replaced. */
  occupied: v.picklist(['ask', 'move-aside']),
});
export type RestoreTask = v.InferOutput<typeof restoreTaskSchema>;

const unpackTaskSchema = v.object({
  kind: v.literal('unpack'),
  taskId: v.string(),
  file: v.file(),
  /** The folder in the archive, with a slash at its end; empty for its root, where several may lie. */
  prefix: v.string(),
  name: v.string(),
  /** Whose copy it becomes, and where it is to lie on the server. */
  from: v.object({ origin: v.string(), basePath: v.string(), folder: v.string() }),
  notebook: v.object({ id: v.string(), name: v.string() }),
});
export type UnpackTask = v.InferOutput<typeof unpackTaskSchema>;

export const workerOrderSchema = v.variant('kind', [
  copyTaskSchema,
  zipTaskSchema,
  restoreTaskSchema,
  unpackTaskSchema,
  /** What was asked for by `access-wanted`; `null`: there is none at the moment. */
  v.object({ kind: v.literal('access'), taskId: v.string(), server: v.nullable(reachedSchema) }),
  /** Stops it where it is; what is here stays. It ends as `stopped`. */
  v.object({ kind: v.literal('stop'), taskId: v.string() }),
  /** The archive that is on its way is of no use any more. */
  v.object({ kind: v.literal('stop-live'), id: v.string() }),
  /** The background knows the end: forget it, and let go of what it holds (the zip's address). */
  v.object({ kind: v.literal('release'), taskId: v.string() }),
]);
export type WorkerOrder = v.InferOutput<typeof workerOrderSchema>;
export type Task = CopyTask | ZipTask | RestoreTask | UnpackTask;

/** Background → the page that holds the worker. */
export const orderEnvelopeSchema = v.object({ to: v.literal('transfer-worker'), order: workerOrderSchema });

export type TaskEnd =
  | {
      readonly kind: 'copied';
      readonly copyId: string;
      readonly checked: 'verified' | 'size-checked';
      readonly sizeBytes: number;
    }
  /** `url` can be read until the task is released; `null`: it is on its way to the downloads already. */
  | {
      readonly kind: 'zipped';
      readonly url: string | null;
      readonly sizeBytes: number;
      readonly checked: 'verified' | 'size-checked';
    }
  | {
      readonly kind: 'restored';
      readonly checked: 'verified' | 'size-checked';
      readonly sizeBytes: number;
      /** Where that lies now what lay in its place, relative to the server's root; `null`: nothing had to be moved. */
      readonly asideAs: string | null;
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: TaskFailure };

/** What the worker itself can tell of a `JobFailure`: it does not know which checkpoint could come next. */
export type TaskFailure =
  | Exclude<JobFailure, { kind: 'changed' | 'gone' | 'page-not-open' | 'download' }>
  | { readonly kind: 'changed'; readonly name: string }
  | { readonly kind: 'gone'; readonly name: string };

export type WorkerReport =
  | {
      readonly kind: 'progress';
      readonly taskId: string;
      readonly doneBytes: number;
      readonly totalBytes: number;
    }
  | {
      readonly kind: 'trying-again';
      readonly taskId: string;
      readonly why: ServerTrouble;
      readonly nextAt: number;
    }
  | { readonly kind: 'access-wanted'; readonly taskId: string }
  | { readonly kind: 'ended'; readonly taskId: string; readonly end: TaskEnd };

/** Only our own worker sends it, and its shape is compiled into both. */
export const workerReportSchema = v.custom<WorkerReport>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value && 'taskId' in value,
);

/** The worker's page → background. */
export const reportEnvelopeSchema = v.object({
  from: v.literal('transfer-worker'),
  report: workerReportSchema,
});
