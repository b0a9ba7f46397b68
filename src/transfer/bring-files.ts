import { compressionOf } from '../core/archive/compression.ts';
import type { CopyTask } from '../protocol/transfer-message.ts';
import type { CopiedFile, CopyRecord } from '../vault/copy-record.ts';
import type { Vault } from '../vault/vault.ts';
import { bringFile } from './bring-file.ts';
import { createChecksums } from './checksums.ts';
import { PARTS_AT_ONCE, type Follower, type Way } from './copy-file.ts';
import { hashHere, type HasherBeside } from './hasher.ts';
import type { Line } from './line.ts';
import type { LiveCopy } from './live-zip.ts';
import type { LiveZips } from './live-zips.ts';
import type { Meter } from './report.ts';
import { createRooms } from './rooms.ts';

export interface CopyTools {
  readonly vault: Vault;
  readonly line: Line;
  readonly meter: Meter;
  readonly hashBeside: () => HasherBeside;
  readonly lives: LiveZips;
  readonly newId: () => string;
  readonly now: () => number;
}

/** Files up to this size are brought four at a time, larger ones in parts. */
const SMALL_BYTES = 1024 * 1024;
const LANES = 4;
const PART_BYTES = 8 * 1024 * 1024;
/** For the parts on their way, one that is written and one that is hashed. */
const PART_ROOMS = PARTS_AT_ONCE + 2;
/** The record is written anew after as many small files. */
const FILES_BETWEEN_RECORDS = 200;

/**
 * All files of a copy with their proofs: the small ones side by side, then the large ones, each in parts side by side.
 *
 * @param live Where they go besides.
 */
export const bringFiles = async (
  task: CopyTask,
  record: CopyRecord,
  live: LiveCopy | null,
  tools: CopyTools,
): Promise<readonly CopiedFile[]> => {
  const { vault } = tools;
  const files = [...record.files];
  let sinceRecord = 0;
  const bring = async (index: number, way: Way): Promise<void> => {
    files[index] = await bringFile(task, record, index, vault, way);
    sinceRecord += 1;
    if (fileOf(files, index).sizeBytes <= SMALL_BYTES && sinceRecord < FILES_BETWEEN_RECORDS) return;
    sinceRecord = 0;
    await vault.write({ ...record, files: [...files] });
  };
  const add = async (indexes: readonly number[]): Promise<void> => {
    for (const index of indexes) await live?.add(fileOf(files, index), index);
  };
  const missing: number[] = [];
  for (const index of files.keys()) if (!(await isHere(record, index, tools))) missing.push(index);
  const small = missing.filter((index) => fileOf(files, index).sizeBytes <= SMALL_BYTES);
  const large = missing.filter((index) => !small.includes(index));
  const hasher = large.length === 0 ? null : tools.hashBeside();
  try {
    await bringSmall(small, bring, tools);
    await add([...files.keys()].filter((index) => !large.includes(index)));
    if (hasher === null) return files;
    const way = { ...tools, hasher, rooms: createRooms(PART_BYTES, PART_ROOMS) };
    for (const index of large) {
      const follower = followerOf(live, fileOf(files, index), index);
      await bring(index, { ...way, follower });
      if (follower === null) await add([index]);
      else live?.here(fileOf(files, index));
    }
  } finally {
    hasher?.end();
  }
  return files;
};

const fileOf = (files: readonly CopiedFile[], index: number): CopiedFile => {
  const file = files[index];
  if (file === undefined) throw new RangeError(`no file ${index}`);
  return file;
};

/** What is to be deflated has to be here as a whole first. */
const followerOf = (live: LiveCopy | null, file: CopiedFile, index: number): Follower | null =>
  live === null || compressionOf(file.path, file.sizeBytes) === 'deflate' ? null : live.follow(file, index);

const isHere = async (record: CopyRecord, index: number, { vault, meter }: CopyTools): Promise<boolean> => {
  const known = record.files[index];
  if (known === undefined || known.proof === null) return false;
  const file = await vault.file(record.id, index);
  if (file?.size !== known.sizeBytes) return false;
  meter.add(file.size);
  return true;
};

const bringSmall = async (
  indexes: readonly number[],
  bring: (index: number, way: Way) => Promise<void>,
  tools: CopyTools,
): Promise<void> => {
  const left = [...indexes];
  const lanes = Array.from({ length: Math.min(LANES, left.length) }, async () => {
    const way = {
      ...tools,
      hasher: hashHere(await createChecksums()),
      rooms: createRooms(SMALL_BYTES, 1),
      follower: null,
    };
    for (let index = left.shift(); index !== undefined; index = left.shift())
      await bring(index, way).catch((error: unknown) => {
        left.length = 0;
        throw error;
      });
  });
  // All have to stand still before what is here can be taken away: a lane that goes on would write it anew.
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};
