import * as v from 'valibot';
import { checkpointFormSchema } from '../core/checkpoint/checkpoint.ts';
import { frameworkSchema } from '../core/framework.ts';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';
import type { JobFailure } from '../protocol/home-view.ts';

const numberOrNull = v.nullable(v.number());

/** One checkpoint of a job. */
const jobItemSchema = v.object({
  name: v.string(),
  /** Its path, relative to the server's root; also of one that is no folder. */
  folder: v.string(),
  framework: v.optional(frameworkSchema, 'transformers'),
  form: v.optional(checkpointFormSchema, 'folder'),
  step: numberOrNull,
  epoch: v.optional(numberOrNull, null),
  loss: numberOrNull,
  packages: v.exactOptional(packageVersionsSchema),
  sizeBytes: numberOrNull,
  /** The copy in this browser once it is whole. */
  copyId: v.nullable(v.string()),
  checked: v.nullable(v.picklist(['verified', 'size-checked'])),
});
export type JobItem = v.InferOutput<typeof jobItemSchema>;

const jobStateSchema = v.variant('kind', [
  v.object({ kind: v.picklist(['waiting', 'moving', 'paused', 'saving']) }),
  v.object({
    kind: v.literal('done'),
    checked: v.picklist(['verified', 'size-checked']),
    sizeBytes: v.number(),
    asideAs: v.optional(v.nullable(v.string()), null),
  }),
  v.object({
    kind: v.literal('failed'),
    why: v.custom<JobFailure>((value) => typeof value === 'object' && value !== null && 'kind' in value),
  }),
]);
export type StoredJobState = v.InferOutput<typeof jobStateSchema>;

/** Something the user asked for that takes long; kept in the browser's storage until it is dismissed. Holds no secret. */
export const jobSchema = v.object({
  id: v.string(),
  notebookId: v.string(),
  createdAt: v.number(),
  extent: v.picklist(['everything', 'inference']),
  to: v.picklist(['zip', 'browser', 'server']),
  items: v.pipe(v.array(jobItemSchema), v.readonly()),
  /** What becomes of something else that lies where a copy is put back. */
  occupied: v.optional(v.picklist(['ask', 'move-aside']), 'ask'),
  state: jobStateSchema,
  /** Nobody asked for this one: it is made because copies of each checkpoint are to be kept. It comes after all others. */
  automatic: v.optional(
    v.object({
      mostBytesPerSecond: numberOrNull,
      /** Of the checkpoint as it was when this was begun. */
      modifiedAt: numberOrNull,
    }),
  ),
  /** The browser's own number and name for the zip. */
  download: v.nullable(v.object({ id: v.number(), fileName: v.string(), sizeBytes: v.number() })),
});
export type Job = v.InferOutput<typeof jobSchema>;

/** Of a file nobody can tell from outside what inference needs of it: it is taken whole. */
export const extentFor = ({ form }: Pick<JobItem, 'form'>, extent: Job['extent']): Job['extent'] =>
  form === 'folder' ? extent : 'everything';

/** What is said of a job: its files are whole whatever was asked for. */
export const extentOfAll = (items: readonly Pick<JobItem, 'form'>[], extent: Job['extent']): Job['extent'] =>
  items.every((item) => extentFor(item, extent) === 'everything') ? 'everything' : extent;

/** What a copy says of the checkpoint it is of. */
export const checkpointOf = ({ name, framework, form, step, epoch, loss }: JobItem) => ({
  name,
  framework,
  form,
  step,
  epoch,
  loss,
});

export const isOver = ({ state }: Job): boolean => state.kind === 'done' || state.kind === 'failed';

/** Whether two jobs would bring the same thing to the same place. What one takes from a server may be a copy of the other. */
export const isSameWish = (one: Job, other: Job): boolean =>
  one.to === other.to &&
  one.extent === other.extent &&
  (one.automatic === undefined) === (other.automatic === undefined) &&
  one.notebookId === other.notebookId &&
  one.items.length === other.items.length &&
  one.items.every((item, index) => isSameItem(item, other.items[index]));

const isSameItem = (one: JobItem, other: JobItem | undefined): boolean =>
  one.folder === other?.folder &&
  (one.copyId === null || other.copyId === null || one.copyId === other.copyId);
