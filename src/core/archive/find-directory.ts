import { type Result, fail, ok } from '../result.ts';
import type { ZipFailure } from './zip-failure.ts';
import {
  END,
  END_BYTES,
  FULL_16,
  FULL_32,
  LOCAL_HEADER,
  ZIP64_END,
  ZIP64_END_BYTES,
  ZIP64_LOCATOR,
  ZIP64_LOCATOR_BYTES,
} from './zip-format.ts';
import { type ReadBytes, readExactly, uint64At, viewOf } from './zip-reader.ts';

/** Where the central directory lies, and how many entries it should have. */
export interface DirectoryPlace {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** All that can stand behind the directory, with the longest comment (4.4.12). */
const MAX_TAIL_BYTES = ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES + END_BYTES + FULL_16;

/** Looks for the end records (4.3.14 to 4.3.16) in the last 64 KiB of an archive of this size. */
export async function findDirectory(
  sizeBytes: number,
  read: ReadBytes,
): Promise<Result<DirectoryPlace, ZipFailure>> {
  const tailFrom = Math.max(0, sizeBytes - MAX_TAIL_BYTES);
  const tail = await readExactly(read, tailFrom, sizeBytes);
  if (!tail.ok) return tail;
  const view = viewOf(tail.value);
  const at = endIn(view);
  if (at === null) return fail(await whyNoEnd(sizeBytes, read));
  const end = endAt(view, at, tailFrom);

  const locatorAt = at - ZIP64_LOCATOR_BYTES;
  if (locatorAt < 0 || view.getUint32(locatorAt, true) !== ZIP64_LOCATOR) return placeOf(end);
  const zip64 = await readZip64End(view, { locatorAt, tailFrom }, read);
  if (!zip64.ok) return zip64;
  return agree(end, zip64.value) ? placeOf(zip64.value) : fail({ kind: 'directory-damaged' });
}

/**
 * The last place that reads as an end record whose comment reaches to the end of the archive. Where there is none, the last
 * one at all: bsdtar fills up with zeros when it writes into a pipe (3.6.2).
 */
function endIn(tail: DataView): number | null {
  let padded: number | null = null;
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END) continue;
    const behind = tail.byteLength - at - END_BYTES;
    const commentBytes = tail.getUint16(at + 20, true);
    if (commentBytes === behind) return at;
    if (commentBytes < behind) padded ??= at;
  }
  return padded;
}

async function whyNoEnd(sizeBytes: number, read: ReadBytes): Promise<ZipFailure> {
  if (sizeBytes < 4) return { kind: 'not-a-zip' };
  const head = await readExactly(read, 0, 4);
  if (!head.ok) return head.failure;
  return { kind: viewOf(head.value).getUint32(0, true) === LOCAL_HEADER ? 'no-end' : 'not-a-zip' };
}

interface EndRecord {
  readonly isWhole: boolean;
  readonly count: number;
  readonly offset: number;
  readonly sizeBytes: number;
  /** Where this record itself begins: the directory must end before. */
  readonly recordAt: number;
}

/** 4.3.16 */
function endAt(view: DataView, at: number, tailFrom: number): EndRecord {
  const disks = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  const count = view.getUint16(at + 10, true);
  return {
    isWhole: disks.every((disk) => disk === 0 || disk === FULL_16) && view.getUint16(at + 8, true) === count,
    count,
    sizeBytes: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
    recordAt: tailFrom + at,
  };
}

/** 4.3.14, at the place that the locator (4.3.15) tells. */
async function readZip64End(
  tail: DataView,
  { locatorAt, tailFrom }: { readonly locatorAt: number; readonly tailFrom: number },
  read: ReadBytes,
): Promise<Result<EndRecord, ZipFailure>> {
  const recordAt = uint64At(tail, locatorAt + 8);
  if (recordAt + ZIP64_END_BYTES > tailFrom + locatorAt) return fail({ kind: 'directory-outside' });
  const bytes = await readExactly(read, recordAt, recordAt + ZIP64_END_BYTES);
  if (!bytes.ok) return bytes;
  const view = viewOf(bytes.value);
  if (view.getUint32(0, true) !== ZIP64_END) return fail({ kind: 'directory-damaged' });
  const count = uint64At(view, 32);
  return ok({
    isWhole:
      view.getUint32(16, true) === 0 &&
      view.getUint32(20, true) === 0 &&
      uint64At(view, 24) === count &&
      tail.getUint32(locatorAt + 4, true) === 0 &&
      tail.getUint32(locatorAt + 16, true) <= 1,
    count,
    sizeBytes: uint64At(view, 40),
    offset: uint64At(view, 48),
    recordAt,
  });
}

/** What the last record says itself must not be something else: two readers would see two archives. */
const agree = (end: EndRecord, zip64: EndRecord): boolean =>
  (end.count === FULL_16 || end.count === zip64.count) &&
  (end.sizeBytes === FULL_32 || end.sizeBytes === zip64.sizeBytes) &&
  (end.offset === FULL_32 || end.offset === zip64.offset);

function placeOf({
  isWhole,
  count,
  offset,
  sizeBytes,
  recordAt,
}: EndRecord): Result<DirectoryPlace, ZipFailure> {
  if (!isWhole) return fail({ kind: 'several-disks' });
  if (offset + sizeBytes > recordAt) return fail({ kind: 'directory-outside' });
  return ok({ from: offset, to: offset + sizeBytes, count });
}
