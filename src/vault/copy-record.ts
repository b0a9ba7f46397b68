import * as v from 'valibot';
import { checkpointFormSchema } from '../core/checkpoint/checkpoint.ts';
import { frameworkSchema } from '../core/framework.ts';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';

const numberOrNull = v.nullable(v.number());
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A file of a copy. Its bytes lie in the copy's own folder under its place in the list. */
const copiedFileSchema = v.object({
  /** Relative to the folder that the checkpoint's files lie in, as the server names it: may be hostile, see `safeNames`. */
  path: v.string(),
  sizeBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** What the listing says instead, of a link: the link's own size. */
  listedBytes: v.optional(v.number()),
  /** The server's clock, milliseconds since the epoch. */
  modifiedAt: numberOrNull,
  /** `null` until all of its bytes are here. */
  proof: v.nullable(
    v.object({
      crc32: v.number(),
      sha256,
      /** What was compared with the server: its own hash of the file, or the size alone. */
      by: v.picklist(['hash', 'size']),
    }),
  ),
});
export type CopiedFile = Readonly<v.InferOutput<typeof copiedFileSchema>>;

/** What lies beside the files of a copy and tells everything about it: nothing about copies is kept anywhere else. */
export const copyRecordSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  /** The server and the checkpoint's path there, relative to the server's root: also of one that is no folder (`form`). */
  from: v.object({ origin: v.string(), basePath: v.string(), folder: v.string() }),
  notebook: v.object({ id: v.string(), name: v.string() }),
  /** Name of the checkpoint: of its folder or file, or the beginning that its files share. */
  name: v.string(),
  framework: v.optional(frameworkSchema, 'transformers'),
  form: v.optional(checkpointFormSchema, 'folder'),
  step: numberOrNull,
  epoch: v.optional(numberOrNull, null),
  loss: numberOrNull,
  /** Versions of the packages that the run had when it was copied, as far as they were seen. */
  packages: v.exactOptional(packageVersionsSchema),
  extent: v.picklist(['everything', 'inference']),
  /**
   * Kept by the user's own word for this one; or because each checkpoint of the notebook is to be kept, until newer ones
   * take its place; or on its way into a zip and taken away when that is on the disk.
   */
  purpose: v.picklist(['keep', 'automatic', 'zip']),
  begunAt: v.number(),
  state: v.picklist(['copying', 'whole']),
  files: v.pipe(v.array(copiedFileSchema), v.readonly()),
  /** Folders that hold nothing; relative. */
  emptyFolders: v.pipe(v.array(v.string()), v.readonly()),
});
export type CopyRecord = Readonly<v.InferOutput<typeof copyRecordSchema>>;

export const sizeOf = ({ files }: Pick<CopyRecord, 'files'>): number =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Newest change of its files on the server, by the server's clock; `null` where it told none. */
export const newestChange = ({ files }: Pick<CopyRecord, 'files'>): number | null =>
  files.reduce<number | null>(
    (newest, { modifiedAt }) => (modifiedAt === null ? newest : Math.max(newest ?? 0, modifiedAt)),
    null,
  );

/** `verified` only when every file was compared with the server's own hash. */
export const checkedOf = ({ files }: Pick<CopyRecord, 'files'>): 'verified' | 'size-checked' =>
  files.every(({ proof }) => proof?.by === 'hash') ? 'verified' : 'size-checked';
